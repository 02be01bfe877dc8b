import { html } from "hono/html";

/** The page's pictures, drawn once and used by name; all take the colour of the text around. */
export function icons() {
  return html`<svg hidden aria-hidden="true">
    <symbol id="icon-assistant" viewBox="0 0 48 48">
      <circle cx="24" cy="24" r="24" fill="#0b5d53" />
      <path d="M24 10c-8.6 0-15 5.6-15 12.7 0 4 2 7.5 5.3 9.8L13 39l6.9-4.2c1.3.3 2.7.4 4.1.4 8.6 0 15-5.6 15-12.5S32.600 10 24 10z" fill="#fff" />
      <g><circle cx="24" cy="15.800" r="2.500" fill="#e2574c" /><circle cx="30.700" cy="20.500" r="2.500" fill="#f0a202" />
        <circle cx="28.100" cy="28.300" r="2.500" fill="#2a9d6f" /><circle cx="19.900" cy="28.300" r="2.500" fill="#2f7fc1" />
        <circle cx="17.300" cy="20.500" r="2.500" fill="#8d5fb5" /></g>
    </symbol>
    <symbol id="icon-send" viewBox="0 0 24 24"><path fill="currentColor" d="M3.400 20.600 21.800 12.800a.9.9 0 0 0 0-1.600L3.400 3.400c-.7-.3-1.400.3-1.200 1l1.900 6.100 9.400 1.500-9.400 1.500-1.900 6.100c-.2.7.5 1.300 1.200 1z" /></symbol>
    <symbol id="icon-voice" viewBox="0 0 24 24"><path fill="currentColor" d="M12 15a3.500 3.500 0 0 0 3.500-3.500v-6a3.500 3.500 0 0 0-7 0v6A3.500 3.500 0 0 0 12 15zm6.400-3.500a1 1 0 0 0-2 0 4.400 4.400 0 0 1-8.800 0 1 1 0 0 0-2 0 6.400 6.400 0 0 0 5.400 6.300V21a1 1 0 0 0 2 0v-3.200a6.400 6.400 0 0 0 5.400-6.300z" /></symbol>
    <symbol id="icon-stop" viewBox="0 0 24 24"><path fill="currentColor" d="M7 7h10v10H7z" /></symbol>
    <symbol id="icon-calendar" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M4 6h16v14H4zM4 10.500h16M8 3v4M16 3v4" /></symbol>
    <symbol id="icon-mail" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M3 5.500h18v13H3zM3.500 6l8.500 7 8.500-7" /></symbol>
    <symbol id="icon-idea" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="M4 4.500h16v11.500h-8.500L7 20v-4H4z" /></symbol>
    <symbol id="icon-again" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="M19 12a7 7 0 1 1-2.300-5.200M19.500 3.500v4.300h-4.300" /></symbol>
    <symbol id="icon-close" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" d="m6 6 12 12M18 6 6 18" /></symbol>
    <symbol id="icon-list" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" d="M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500h.01M4.500 12h.01M4.500 17.500h.01" /></symbol>
    <symbol id="icon-reply" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="M10 7 5 12l5 5M5.500 12H14a5 5 0 0 1 5 5v1" /></symbol>
    <symbol id="icon-link" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="M14 5h5v5M19 5l-8 8M10 6H5v13h13v-5" /></symbol>
    <symbol id="icon-file" viewBox="0 0 32 40"><path fill="#e5484d" d="M3 0h18l11 11v26a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" /><path fill="#fff" fill-opacity=".45" d="M21 0l11 11H21z" />
      <path fill="none" stroke="#fff" stroke-width="2.400" stroke-linecap="round" d="M8 19h16M8 25h16M8 31h9" /></symbol>
    <symbol id="icon-one" viewBox="0 0 18 12"><path fill="none" stroke="currentColor" stroke-width="1.700" stroke-linecap="round" stroke-linejoin="round" d="m3 6.500 3.200 3.200L13 2.500" /></symbol>
    <symbol id="icon-two" viewBox="0 0 18 12"><path fill="none" stroke="currentColor" stroke-width="1.700" stroke-linecap="round" stroke-linejoin="round" d="m1 6.500 3.200 3.200L11 2.500M8.200 9.700l7.300-7.200" /></symbol>
    <symbol id="icon-wait" viewBox="0 0 18 12"><g fill="none" stroke="currentColor" stroke-width="1.400" stroke-linecap="round"><circle cx="9" cy="6" r="4.700" /><path d="M9 3.500V6l1.600 1.200" /></g></symbol>
    <symbol id="icon-play" viewBox="0 0 24 24"><path fill="currentColor" d="M8 5v14l11-7z" /></symbol>
    <symbol id="icon-signal" viewBox="0 0 56 14"><g fill="currentColor"><rect x="0" y="9" width="3" height="4" rx="1" /><rect x="4.500" y="6.500" width="3" height="6.500" rx="1" /><rect x="9" y="4" width="3" height="9" rx="1" /><rect x="13.500" y="1" width="3" height="12" rx="1" />
      <rect x="31" y="3.500" width="15" height="7" rx="1.500" /><path d="M51 5v4c1-.2 1.500-1 1.500-2S52 5.200 51 5z" /></g><rect x="29" y="1.500" width="21" height="11" rx="3.200" fill="none" stroke="currentColor" /></symbol>
  </svg>`;
}
