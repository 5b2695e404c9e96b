# Tries what no program may be able to do. Runs once before the engine is trusted: whatever it names under "lets", the sandbox let through.
def trial(paths):
    import importlib.util, os, _socket, _thread

    def gets(action):
        try:
            action()
        except Exception:
            return False
        return True

    lets = [
        name
        for name, action in (
            ("sockets", lambda: _socket.socket()),
            ("processes", lambda: os.fork() or os._exit(0)),
            ("programs", lambda: os.execv("/usr/bin/python3", ["python3", "-c", "0"])),
            ("writing files", lambda: open("/tmp/trial", "w")),
            ("signals", lambda: os.kill(1, 0)),
            ("threads", lambda: _thread.start_new_thread(len, ((),))),
        )
        if gets(action)
    ]
    if paths:
        lets += [path for path in ("/etc/passwd", "/root", "/home", "/proc/self", "/usr/bin/sh", "/bin/sh", "/var", "/run", "/sys") if os.path.exists(path)]
        known = ("PWD", "LC_CTYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        lets += ["variable " + name for name in os.environ if name not in known]
    return {"lets": lets, "sum": sum(range(10)), "modules": [name for name in ("numpy", "scipy", "sympy", "pandas", "networkx") if importlib.util.find_spec(name)]}
