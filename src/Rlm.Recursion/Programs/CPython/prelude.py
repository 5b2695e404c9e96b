# The worker's half of the line protocol in CPython, and the surface that programs see. It runs inside the sandbox and is no boundary itself: what a program
# breaks here it breaks for itself, and the host takes every line for hostile.
def _worker():
    import ast, builtins, collections, io, itertools, json, linecache, math, opcode, os, re, signal, sys, time, traceback

    # The protocol goes over descriptors of its own: what a program or a library writes to 0, 1 and 2 is no protocol.
    source, sink = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    empty, closed = os.pipe()
    os.dup2(empty, 0)
    os.close(empty)
    os.close(closed)
    # The host's own files and sockets come along where they were opened without close-on-exec: a folder among them would be a way out.
    low, high = sorted((source, sink))
    os.closerange(3, low)
    os.closerange(low + 1, high)
    os.closerange(high + 1, 1 << 20)

    read, write, block = os.read, os.write, os.set_blocking
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False, check_circular=True).encode
    decode = json.JSONDecoder().decode
    buffer = bytearray()

    def receive():
        while True:
            end = buffer.find(b"\n")
            if end >= 0:
                line = bytes(buffer[:end])
                del buffer[: end + 1]
                return decode(line.decode("utf-8", "surrogatepass"))
            # A program may have changed it.
            block(source, True)
            part = read(source, 1 << 16)
            if not part:
                os._exit(0)
            buffer.extend(part)

    clock = {"runs": False, "left": 0.0, "since": 0.0, "over": False, "writes": False}

    def send(text):
        line = (text + "\n").encode("ascii")
        block(sink, True)
        at = 0
        # The signal of the clock must not end a program in the middle of a line.
        clock["writes"] = True
        try:
            while at < len(line):
                at += write(sink, line[at : at + (1 << 16)])
        finally:
            clock["writes"] = False

    start = receive()["start"]
    limits = start["limits"]

    def confine():
        import resource
        for name, value in (("RLIMIT_AS", limits["memory"]), ("RLIMIT_CPU", limits["cpu"]), ("RLIMIT_FSIZE", 0), ("RLIMIT_NOFILE", 64), ("RLIMIT_CORE", 0), ("RLIMIT_NPROC", 1)):
            resource.setrlimit(getattr(resource, name), (value, value))
        if not start.get("filter"):
            return False
        import base64, ctypes
        code = base64.b64decode(start["filter"])
        text = ctypes.create_string_buffer(code, len(code))

        class Filter(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

        call = ctypes.CDLL(None).prctl
        call.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
        filter = Filter(len(code) // 8, ctypes.addressof(text))
        return call(38, 1, None, 0, 0) == 0 and call(22, 2, ctypes.addressof(filter), 0, 0) == 0

    # ---- the surface ----

    class HostError(RuntimeError):
        """A host function refused or failed."""

    class TimeLimit(BaseException):
        """The program's time is over."""

    kinds = {name: getattr(builtins, name) for name in ("LookupError", "KeyError", "IndexError", "ValueError", "TypeError", "RuntimeError", "TimeoutError", "PermissionError", "MemoryError", "OSError", "NotImplementedError")}
    counter = itertools.count(1)

    class Rows(collections.UserList):
        """A list whose rows come from the host as they are needed. Any use as a list fetches what it needs, or all."""

        # For isinstance it is a list. It is no subclass of one: C code would take the rows that are here for all there are. So C code that wants a real list refuses it, and all else goes by the methods below.
        __class__ = property(lambda self: list)

        def __init__(self, rows=(), more=None, total=None):
            self._rows, self._more, self._total = list(rows), more, total

        def _fetch(self):
            page = ask("more", [self._more, len(self._rows)], {})
            rows, more = page["$rows"], page.get("$more")
            # It stays open then, so that every later use fails as well.
            if more is None and self._total is not None and len(self._rows) + len(rows) != self._total:
                raise HostError(f"the list ended after {len(self._rows) + len(rows)} of {self._total} rows; ask for it again")
            self._rows.extend(rows)
            self._more = more

        def _upto(self, count):
            while self._more is not None and (count is None or len(self._rows) < count):
                self._fetch()
            return self._rows

        @property
        def data(self):
            return self._upto(None)

        @data.setter
        def data(self, rows):
            self._rows, self._more, self._total = rows, None, None

        def __iter__(self):
            at = 0
            while True:
                if at >= len(self._upto(at + 1)):
                    return
                yield self._rows[at]
                at += 1

        def __reversed__(self):
            return reversed(self.data)

        def __len__(self):
            return self._total if self._more is not None and self._total is not None else len(self.data)

        def __bool__(self):
            return len(self._upto(1)) > 0

        def __getitem__(self, key):
            if isinstance(key, slice):
                start, stop, step = key.start, key.stop, key.step
                known = (step is None or step > 0) and (start is None or start >= 0) and stop is not None and stop >= 0
                return self._upto(stop if known else None)[key]
            at = key.__index__()
            return self._upto(at + 1 if at >= 0 else None)[at]

        def __contains__(self, item):
            return any(item is row or item == row for row in self)

        def __repr__(self):
            return repr(self.data)

        def __add__(self, other):
            return self.data + (other.data if type(other) is Rows else other)

        def __radd__(self, other):
            # For a += rows Python asks here first, where list itself would extend a in its place.
            caller = sys._getframe(1)
            at, code = caller.f_lasti, caller.f_code.co_code
            name = opcode.opname[code[at]]
            if name == "INPLACE_ADD" or name == "BINARY_OP" and opcode._nb_ops[code[at + 1]][1] == "+=":
                return NotImplemented
            return other + self.data

        def __mul__(self, count):
            return self.data * count

        __rmul__ = __mul__

        def copy(self):
            return list(self.data)

        __copy__ = copy

        def __deepcopy__(self, known):
            import copy
            return copy.deepcopy(self.data, known)

        def __reduce_ex__(self, protocol):
            return list, (self.copy(),)

    def wrap(value):
        if type(value) is not dict or "$rows" not in value:
            return value
        return Rows(value["$rows"], value["$more"], value.get("$total")) if value.get("$more") is not None else value["$rows"]

    # The encoder in C gives what is no real list to the function for unknown values, and so to a program's own.
    encoder = json.encoder.c_make_encoder
    json.encoder.c_make_encoder = lambda marks, unknown, *rest: encoder(marks, lambda value: value.data if type(value) is Rows else unknown(value), *rest)
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode
    sending = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False, default=lambda value: list(value) if isinstance(value, (set, frozenset)) else json.JSONEncoder().default(value))

    # Time of the program without that of host calls. The host keeps it too and says with each result how much it has left: what the pipes take in between is in its account only.
    def go_on():
        clock["since"], clock["runs"] = time.monotonic(), True
        signal.setitimer(signal.ITIMER_REAL, max(0.001, min(clock["left"], 0.1)), 0.1)

    def rest():
        signal.setitimer(signal.ITIMER_REAL, 0)
        clock["left"] -= time.monotonic() - clock["since"]
        clock["runs"] = False

    # Comes every tenth of a second, and so again to a program that has caught it.
    def expired(number, frame):
        if not clock["runs"] or clock["writes"]:
            return
        if time.monotonic() - clock["since"] >= clock["left"]:
            clock["over"] = True
            raise TimeLimit("the time is over")
        tell()

    def call(name, args, kwargs):
        return wrap(ask(name, args, kwargs))

    # What the protocol cannot carry is refused here: the host would take the line for broken.
    def whole(value, depth):
        if depth > 40:
            raise ValueError("nested too deeply")
        if isinstance(value, str):
            value.encode("utf-8")
        elif isinstance(value, dict):
            for key, item in value.items():
                whole(key, depth + 1)
                whole(item, depth + 1)
        elif isinstance(value, (list, tuple, set, frozenset)):
            for item in value:
                whole(item, depth + 1)

    def ask(name, args, kwargs):
        number = next(counter)
        try:
            whole(args, 0)
            whole(kwargs, 0)
            parts = sending.encode({"call": number, "name": name, "args": args, "kwargs": kwargs})
        except (TypeError, ValueError, RecursionError, UnicodeError) as fault:
            raise TypeError(f"{name}: arguments must be plain data ({fault})") from None
        tell()
        runs = clock["runs"]
        if runs:
            rest()
            # Many short calls leave the clock no time to strike.
            clock["over"] = clock["over"] or clock["left"] <= 0
        if clock["over"]:
            if runs:
                go_on()
            raise TimeLimit("the time is over")
        try:
            send(parts)
            while True:
                reply = receive()
                if reply.get("result") == number:
                    clock["left"] = min(clock["left"], reply.get("left", clock["left"]))
                    break
        finally:
            if runs:
                go_on()
        if "error" in reply:
            raise kinds.get(reply["error"]["type"], HostError)(reply["error"]["message"])
        return reply.get("value")

    class Draft(dict):
        """The variable answer. What is set in it the host is told at once, so that it outlives the worker."""

        def __setitem__(self, key, value):
            dict.__setitem__(self, key, value)
            tell()

        def update(self, *args, **kwargs):
            dict.update(self, *args, **kwargs)
            tell()

    spoken = {"draft": ("", False), "room": float(1 << 20), "at": time.monotonic()}

    # Not more than the host reads with ease: a draft that grows in a loop is told again when there is room, at the latest with the next tick of the clock.
    def tell():
        value = scope.get("answer")
        if clock["writes"] or not isinstance(value, dict):
            return
        content, ready = dict.get(value, "content"), dict.get(value, "ready") is True
        if type(content) is not str or (content, ready) == spoken["draft"]:
            return
        now = time.monotonic()
        spoken["room"], spoken["at"] = min(float(1 << 20), spoken["room"] + (now - spoken["at"]) * (4 << 20)), now
        cost = min(len(content), longest) + 1000
        if cost <= spoken["room"]:
            spoken["room"] -= cost
            spoken["draft"] = content, ready
            send(encode({"draft": written(content, ready)}))

    longest = 400000

    def written(content, ready):
        return {"content": clean(content[:longest], longest), "ready": ready, "cut": max(0, len(content) - longest)}

    # The draft as it stands at the end of a program: a text that took the place of the dict is meant as one, and what is no text is told as str gives it.
    def draft():
        value = scope.get("answer")
        if isinstance(value, str):
            return written(value, False)
        if not isinstance(value, dict):
            return {"type": type(value).__name__[:200]}
        content = dict.get(value, "content", "")
        if type(content) is Rows and content._more is not None:
            return {"type": "list that was not read to its end"}
        return written(content if isinstance(content, str) else "" if content is None else str(content), dict.get(value, "ready") is True)

    class HostFunction:
        """A function of the host."""

        def __init__(self, name):
            self.__name__ = name

        def __call__(self, *args, **kwargs):
            return call(self.__name__, list(args), kwargs)

        def __repr__(self):
            return f"<host function {self.__name__}>"

    class Sets:
        """The named sets of the store: sets["name"] reads one, sets["name"] = items keeps one."""

        def __getitem__(self, name):
            try:
                return call("sets.get", [name], {})
            except LookupError as missing:
                raise KeyError(*missing.args) from None

        def __setitem__(self, name, items):
            call("sets.put", [name, items], {})

        def __delitem__(self, name):
            raise TypeError(f"sets: no set can be deleted; sets[{name!r}] = [] empties it")

        def keys(self):
            return call("sets.list", [], {})

        def __iter__(self):
            return iter(self.keys())

        def __contains__(self, name):
            return name in list(self.keys())

        def __len__(self):
            return len(self.keys())

        def get(self, name, default=None):
            return self[name] if name in self else default

        def items(self):
            return [(name, self[name]) for name in self]

        def __repr__(self):
            return "sets: " + (", ".join(self.keys()) or "none")

    class Output(io.TextIOBase):
        """What a program prints, up to a limit; the rest is counted."""

        def __init__(self):
            self.parts, self.room, self.cut = [], limits["output"], 0

        def writable(self):
            return True

        def write(self, text):
            if not isinstance(text, str):
                raise TypeError(f"write() argument must be str, not {type(text).__name__}")
            if len(text) > self.room:
                self.cut += len(text) - self.room
                if self.room:
                    self.parts.append(text[: self.room])
                self.room = 0
            elif text:
                self.parts.append(text)
                self.room -= len(text)
                # Many small parts would take more memory than their text.
                if len(self.parts) > 4096:
                    self.parts = ["".join(self.parts)]
            return len(text)

    scope = {"__name__": "__main__", "__builtins__": builtins, "re": re, "json": json, "collections": collections, "math": math, "itertools": itertools, "sets": Sets(), "answer": Draft(content="", ready=False)}
    for name in start["functions"]:
        if "." not in name and name != "more":
            scope[name] = HostFunction(name)
    given = {name: id(value) for name, value in scope.items() if name != "answer"}
    module = type(sys)
    seen = {}

    def plain(value, depth=0):
        kind = type(value)
        if value is None or kind is bool:
            return True
        # Longer ones cannot be written as decimal digits.
        if kind is int:
            return value.bit_length() < 14000
        if kind is str:
            try:
                value.encode("utf-8")
                return True
            except UnicodeEncodeError:
                return False
        if kind is float:
            return value - value == 0
        if depth > 40:
            return False
        # A list of the host's that was read to its end is a list like any other.
        if kind is Rows:
            return value._more is None and all(plain(item, 1) for item in value._rows)
        if kind is list or kind is tuple:
            return all(plain(item, depth + 1) for item in value)
        if kind is dict or kind is Draft:
            return all(type(key) is str and plain(key) and plain(item, depth + 1) for key, item in value.items())
        return False

    class NotPlain(Exception):
        """It would not come back as it was."""

    factories = {kind.__name__: kind for kind in (list, int, set, dict, str, float, tuple)}
    makers = {
        "$float": float,
        "$tuple": tuple,
        "$set": set,
        "$frozenset": frozenset,
        "$dict": dict,
        "$counter": lambda pairs: collections.Counter(dict(pairs)),
        "$ordered": collections.OrderedDict,
        "$default": lambda parts: collections.defaultdict(factories.get(parts[0]), parts[1]),
        "$deque": lambda parts: collections.deque(parts[0], parts[1]),
    }

    # Plain data as JSON, and what JSON has not under a name with a dollar. Room is what its text may take.
    class Packing:
        def __init__(self, room, effort):
            self.room, self.effort = room, effort

        def take(self, size):
            self.room -= size
            self.effort[0] -= size
            if self.room < 0 or self.effort[0] < 0:
                raise NotPlain()

        def pack(self, value, depth=0):
            kind = type(value)
            self.take(2)
            if value is None or kind is bool:
                return value
            # Longer ones cannot be written as decimal digits.
            if kind is int and value.bit_length() < 14000:
                self.take(value.bit_length() // 4)
                return value
            if kind is str:
                self.take(len(value))
                try:
                    value.encode("utf-8")
                except UnicodeEncodeError:
                    raise NotPlain() from None
                return value
            if kind is float:
                return value if value - value == 0 else {"$float": "nan" if value != value else "inf" if value > 0 else "-inf"}
            if depth > 90:
                raise NotPlain()
            if kind is list or kind is Rows and value._more is None:
                return self.items(value, depth + 1)
            if kind is dict or kind is Draft:
                if all(type(key) is str and key[:1] != "$" for key in value):
                    return {self.pack(key): self.pack(item, depth + 1) for key, item in value.items()}
                return {"$dict": self.pairs(value, depth)}
            if kind is tuple:
                return {"$tuple": self.items(value, depth + 2)}
            if kind is set or kind is frozenset:
                return {"$" + kind.__name__: self.items(value, depth + 2)}
            if kind is collections.Counter or kind is collections.OrderedDict:
                return {"$counter" if kind is collections.Counter else "$ordered": self.pairs(value, depth)}
            if kind is collections.deque:
                return {"$deque": [self.items(value, depth + 3), value.maxlen]}
            if kind is collections.defaultdict:
                factory = value.default_factory
                name = None if factory is None else factory.__name__ if type(factory) is type else ""
                if name is None or factories.get(name) is factory:
                    return {"$default": [name, self.pairs(value, depth + 1)]}
            raise NotPlain()

        def items(self, values, depth):
            if 2 * len(values) > self.room:
                raise NotPlain()
            return [self.pack(item, depth) for item in values]

        def pairs(self, value, depth):
            if 4 * len(value) > self.room:
                raise NotPlain()
            return [[self.pack(key, depth + 3), self.pack(item, depth + 3)] for key, item in value.items()]

    def unpack(value):
        if type(value) is list:
            return [unpack(item) for item in value]
        if type(value) is not dict:
            return value
        if len(value) == 1:
            (name, item), = value.items()
            if name in makers:
                return makers[name](unpack(item))
        return {key: unpack(item) for key, item in value.items()}

    def own():
        return [(name, value) for name, value in scope.items() if type(name) is str and not name.startswith("_") and not isinstance(value, module) and given.get(name) != id(value)]

    def size(value):
        try:
            if isinstance(value, Rows) and value._more is not None:
                return value._total
            return len(value._rows) if isinstance(value, Rows) else len(value)
        except Exception:
            return None

    def extent(value):
        return len(value) if type(value) in (str, list, tuple, dict, set, frozenset, collections.Counter, collections.OrderedDict, collections.defaultdict, collections.deque) else 0

    def keep():
        kept, lost, changed, room = {}, [], [], limits["plain"]
        # Time is short when a program ends: what turns out to be too large is not tried without end, and the small ones come first.
        effort = [2 * limits["plain"]]
        for name, value in sorted(own(), key=lambda pair: extent(pair[1])):
            text = None
            try:
                packed = Packing(room, effort).pack(value)
                text = encode(packed)
            except (NotPlain, RuntimeError):
                pass
            mark = hash(text) if text is not None else (id(value), size(value))
            lasts = text is not None and len(text) <= room
            if lasts:
                room -= len(text)
                kept[name] = packed
            else:
                lost.append(name)
            if seen.get(name) != mark:
                seen[name] = mark
                if name != "answer":
                    changed.append({"name": name[:200], "type": "list" if isinstance(value, Rows) else type(value).__name__[:200], "size": size(value), "lasts": lasts})
        return {"values": kept, "lost": [name[:200] for name in lost[:200]]}, changed[:200]

    def clean(text, most):
        text = text if len(text) <= most else text[:most] + f"… {len(text) - most} characters cut"
        return text.encode("utf-8", "replace").decode("utf-8")

    def told(fault, name):
        kind = type(fault).__name__
        if isinstance(fault, TimeLimit):
            kind = "timeout"
        try:
            message = str(fault)
        except BaseException:
            message = "its message cannot be shown"
        frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith("<program")]
        line = frames[-1].lineno if frames else getattr(fault, "lineno", None) if isinstance(fault, SyntaxError) else None
        if isinstance(fault, SyntaxError) and not frames:
            message = fault.msg or message
        lines = []
        for frame in frames[:10] + (["…"] if len(frames) > 20 else []) + (frames[-10:] if len(frames) > 20 else frames[10:]):
            lines.append(frame if frame == "…" else f"  File \"<program>\", line {frame.lineno}, in {frame.name}{'' if frame.filename == name else ' (of an earlier program)'}\n    {(frame.line or '')[:200]}")
        return {"type": kind, "message": clean(message, 2000), "line": line if type(line) is int else None, "traceback": clean("\n".join(lines), 8000)}

    # A list that is too long to be shown is not read to its end for that; how much of it is shown is told beside it.
    def display(value):
        if value is None:
            return None, None
        if type(value) is Rows and value._more is not None:
            texts, room = [], limits["output"]
            for row in value:
                texts.append(repr(row))
                room -= len(texts[-1]) + 2
                if room < 0 and value._more is not None:
                    total = value._total
                    return clean("[" + ", ".join(texts[:-1] or [texts[0][: limits["output"]]]) + ", … " + (f"{total - len(texts) + 1} more rows cut" if total is not None else "more rows cut"), limits["output"] + 100), {"shown": max(1, len(texts) - 1), "of": total}
        return clean(repr(value), limits["output"]), None

    def run(name, code):
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec", dont_inherit=True), scope)
        value = None if last is None else eval(compile(ast.Expression(last.value), name, "eval", dont_inherit=True), scope)
        shown, part = display(value)
        # A draft of rows is read to its end while there is time.
        answer = scope.get("answer")
        content = dict.get(answer, "content") if isinstance(answer, dict) else None
        if type(content) is Rows:
            content.data
        return value, shown, part

    def evaluate(number, code, seconds):
        out, value, shown, part, fault = Output(), None, None, None, None
        name = f"<program {number}>"
        sys.stdout = sys.stderr = out
        try:
            linecache.cache[name] = (len(code), None, code.splitlines(True), name)
            signal.signal(signal.SIGALRM, expired)
            clock["left"], clock["over"] = seconds, False
            try:
                go_on()
                value, shown, part = run(name, code)
                rest()
            finally:
                # Before anything else: from here on the clock must not strike.
                clock["runs"] = False
            # It was told and went on.
            if clock["over"]:
                raise TimeLimit("the time is over")
        except BaseException as caught:
            fault, value, shown, part = caught, None, None, None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        error = None if fault is None else told(fault, name)
        fault = None
        try:
            kept, changed = keep()
        except Exception:
            # Memory is short, or an object of the program's is not what it seems: the program itself is done.
            kept, changed = {"values": {}, "lost": [name[:200] for name, _ in own()[:200]]}, []
        done = {"done": number, "stdout": clean("".join(out.parts), limits["output"] + 100), "cut": out.cut, "value": shown, "part": part, "error": error, "variables": changed, "plain": kept}
        if value is not None and plain(value):
            value = value._rows if isinstance(value, Rows) else value
            if len(encode(value)) <= limits["output"]:
                done["json"] = value
        try:
            done["answer"] = draft()
        except BaseException:
            done["answer"] = {"type": "content that cannot be written"}
        if "content" in done["answer"]:
            spoken["draft"] = done["answer"]["content"], done["answer"]["ready"]
        return done

    sys.path[:] = [folder for folder in sys.path if not folder.endswith(".zip")] + start.get("packages", [])
    filtered = confine()
    send(encode({"ready": {"engine": "cpython", "version": sys.version.split()[0], "filtered": filtered}}))
    while True:
        message = receive()
        if "restore" in message:
            scope.update(unpack(message["restore"]))
            if type(scope.get("answer")) is dict:
                scope["answer"] = Draft(scope["answer"])
            keep()
        elif "eval" in message:
            done = evaluate(message["eval"], message["code"], message["seconds"])
            try:
                send(encode(done))
            except Exception as fault:
                send(encode({"done": message["eval"], "stdout": "", "cut": 0, "value": None, "error": {"type": type(fault).__name__, "message": "the result cannot be told", "line": None, "traceback": ""}, "variables": []}))


_worker()
