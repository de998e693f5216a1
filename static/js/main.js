/** Starts every behaviour. Each is bound by data attributes; every page works without any of them. */
import { bindPasskey } from "./passkey.js";
import { bindSubmit } from "./submit.js";
import { bindNet } from "./net.js";
import { bindKeep } from "./keep.js";
import { bindLeave } from "./leave.js";
import { bindMenus } from "./menus.js";
import { bindLive } from "./live.js";
import { bindKeys } from "./keys.js";
import { bindAids } from "./aids.js";
import { bindBeside } from "./beside.js";
import { bindQuote } from "./quote.js";
import { bindBoard } from "./board.js";

bindPasskey(document);
bindSubmit(document);
bindNet(document);
bindKeep(document);
bindLeave(document);
bindMenus(document);
bindLive(document);
bindKeys(document);
bindQuote(document);
bindAids(document);
bindBeside(document);
bindBoard(document);
