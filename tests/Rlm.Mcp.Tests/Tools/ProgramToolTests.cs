using System.Text.Json.Nodes;
using Rlm.Recursion;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Programs.BuiltIn;

namespace Rlm.Mcp.Tests.Tools;

/// <summary><c>program</c> over the sample repository, on both engines; CPython's are skipped, with the reason, where it cannot be had.</summary>
public sealed class ProgramToolTests : IDisposable
{
    private readonly List<ToolBench> _benches = [];

    public static TheoryData<string> Engines => ["cpython", "builtin"];

    /// <summary>Options for an engine; the built-in one's worker is the real executable beside the tests.</summary>
    internal static ProgramOptions Options(string engine)
    {
        var options = new ProgramOptions
        {
            Engine = engine, BuiltIn = [Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rlm-mcp.exe" : "rlm-mcp"), BuiltInWorker.Command],
            BuiltInEnvironment = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? new Dictionary<string, string> { ["DOTNET_ROOT"] = root } : new(),
        };
        using var engines = new ProgramEngines(options);
        if (engine == "cpython" && engines.Report.Name is null) Assert.Skip(string.Join("; ", engines.Report.Rejected));
        return options;
    }

    public void Dispose() => _benches.ForEach(bench => bench.Dispose());

    private ToolBench Bench(string engine)
    {
        var bench = SampleRepository.Create();
        bench.Recursion = new RecursionOptions { Programs = Options(engine) };
        _benches.Add(bench);
        return bench;
    }

    private static JsonObject Run(ToolBench bench, string code, string? session = null)
    {
        var result = bench.Call("program", session is null ? new { code } : new { code, session }, json: true, unlimited: true);
        return JsonNode.Parse(result.Text)!.AsObject();
    }

    [Theory, MemberData(nameof(Engines))]
    public void Json_HasTheContractsShape(string engine)
    {
        var answer = Run(Bench(engine), "x = {'a': 1}\nprint('hi')\nx");
        Assert.Equal(["session", "engine", "stdout", "value", "variables", "calls", "seconds"], answer.Select(pair => pair.Key));
        Assert.StartsWith("s-", answer.Str("session"));
        Assert.Equal((engine, "hi\n", """{"a":1}""", 0), (answer.Str("engine"), answer.Str("stdout"), answer["value"]!.ToJsonString(), answer.Int("calls")));
        Assert.Equal("""[{"name":"x","type":"dict","size":1}]""", answer["variables"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public void Failure_IsAnErrorResult_WithItsSessionAndLine(string engine)
    {
        var bench = Bench(engine);
        var result = bench.Call("program", new { code = "x = 1\nread('no/such.cs')" }, json: true);
        Assert.True(result is { IsError: true, IsPartial: true });
        var answer = JsonNode.Parse(result.Text)!;
        Assert.StartsWith("s-", answer.Str("session"));
        Assert.Equal(("LookupError", 2), (answer["error"]!.Str("type"), answer["error"]!.Int("line")));
        Assert.StartsWith("unknown_path: ", answer["error"]!.Str("message"));
        var text = bench.Call("program", new { code = "x = 1\nread('no/such.cs')" });
        Assert.Contains("failed: LookupError", text.Text.Split('\n')[0]);
        Assert.Contains("line 2", text.Text);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Functions_GiveWhatTheToolsGive(string engine)
    {
        var bench = Bench(engine);
        var hits = bench.Json("search", new { pattern = "needle" });
        var answer = Run(bench, "hits = search('needle')\n[[h['path'], h['line'], h['text'], h['handle']] for h in hits]");
        Assert.Equal(new JsonArray([.. hits.List("matches").Select(hit => (JsonNode)new JsonArray(hit.Str("path"), hit.Int("line"), hit.Str("text"), hit.Str("handle")))]).ToJsonString(), answer["value"]!.ToJsonString());
        var session = answer.Str("session");
        Assert.Equal(bench.Json("map", new { view = "tree" }).List("entries").Count(entry => entry.Str("kind") == "file"), Run(bench, "len(files())", session).Int("value"));
        Assert.Equal(File.ReadAllText(bench.At("docs/guide.md")), Run(bench, "read('docs/guide.md')", session).Str("value"));
        Assert.Equal("""["Geo"]""", Run(bench, "[s['name'] for s in outline('src/Shapes.cs')]", session)["value"]!.ToJsonString());
        Assert.Equal(bench.Json("refs", new { symbols = "Shape.Draw" }).Int("total"), Run(bench, "len(refs('Shape.Draw'))", session).Int("value"));
        Assert.Equal("[true,true]", Run(bench, "first = read(hits[0])\n[hits[0]['text'] in first, read([hits[0], hits[0]])[1] == first]", session)["value"]!.ToJsonString());
        Assert.Empty(bench.Faults);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Sets_AreThoseOfTheTools(string engine)
    {
        var bench = Bench(engine);
        Run(bench, "sets['found'] = [h for h in search('needle') if h['path'].endswith('.cs')]");
        var inSet = bench.Json("search", new { pattern = "needle", @in = "@found" });
        Assert.True(inSet.Int("total") > 0);
        Assert.All(inSet.List("matches"), hit => Assert.EndsWith(".cs", hit.Str("path")));
        bench.Text("search", new { pattern = "needle", @as = "all" });
        Assert.Equal("true", Run(bench, "'found' in sets and 'all' in sets and len(sets['all']) == len(search('needle')) and len(sets) == 2")["value"]!.ToJsonString());
        Assert.Equal("KeyError", Run(bench, "sets['nope']")["error"]!.Str("type"));
        Assert.Equal("ValueError", Run(bench, "sets['../x'] = []")["error"]!.Str("type"));
    }

    [Theory, MemberData(nameof(Engines))]
    public void WhatLiesOutside_IsRefusedByEveryFunction(string engine)
    {
        var bench = Bench(engine).Write(".env", "KEY=hidden-word\n"u8.ToArray());
        var session = Run(bench, "1").Str("session");
        foreach (var call in (string[])["read('/etc/passwd')", "read('../../etc/passwd')", "read('.env')", "read('.git/config')", "outline('/etc')", "files('..')", "search('x', in_='/etc')", "read({'handle': '/etc/passwd'})", "sets.get('../../x') or 1 / 0", "history('../x')"])
            Assert.True(Run(bench, call, session)["error"] is not null, call);
        Assert.Equal("0", Run(bench, "len(search('hidden-word'))", session)["value"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public void Session_GoesOn_AlsoInTheNextProcess(string engine)
    {
        var bench = Bench(engine);
        var session = Run(bench, "n = 20\nanswer['content'] = 'draft'").Str("session");
        Assert.Equal(21, Run(bench, "n + 1", session).Int("value"));
        bench.EndAndRestart();
        var answer = Run(bench, "[n, answer['content']]", session);
        Assert.Equal("""[20,"draft"]""", answer["value"]!.ToJsonString());
        Assert.Contains(session!, bench.Text("session", new { action = "list" }));
        Assert.Equal("unknown_session", bench.Call("program", new { code = "1", session = "s-nope" }).ErrorCode);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Lists_OfScopesAndRows_AreWhatTheyCoverTogether(string engine)
    {
        var bench = Bench(engine).Write("odd | name/b.txt", "needle here\n"u8.ToArray());
        var session = Run(bench, "1").Str("session");
        Assert.Equal("true", Run(bench, "sorted(f['path'] for f in files(['src', 'docs'])) == sorted([f['path'] for f in files('src')] + [f['path'] for f in files('docs')])", session)["value"]!.ToJsonString());
        Assert.Equal("""["odd | name/b.txt"]""", Run(bench, "[h['path'] for h in search('needle', in_=[f for f in files() if f['path'].startswith('odd |')])]", session)["value"]!.ToJsonString());
        Assert.Equal("true", Run(bench, "a = [f for f in files() if f['path'].endswith('.cs')]\n{h['path'] for h in search('needle', in_=a)} == {h['path'] for h in search('needle') if h['path'].endswith('.cs')}", session)["value"]!.ToJsonString());
        Assert.Equal("true", Run(bench, "len(search('needle', in_=['src', 'lang:markdown'])) == len(search('needle', in_='src | lang:markdown'))", session)["value"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public void WhatATextOrListHides_IsANote(string engine)
    {
        var bench = Bench(engine).Write("latin.txt", [0x63, 0x61, 0x66, 0xe9, 0x0a]);
        for (var number = 0; number < 60; number++) bench.Write($"many/F{number}.cs", System.Text.Encoding.UTF8.GetBytes($"class Zebra{number} {{ void Run() {{ }} }}\n"));
        var session = Run(bench, "1").Str("session");
        Assert.Contains("latin.txt was decoded from", Assert.Single(Run(bench, "read('latin.txt')", session)["notes"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Contains("latin.txt was decoded from", Assert.Single(Run(bench, "list(read(['docs/guide.md', 'latin.txt']))", session)["notes"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Null(Run(bench, "read('docs/guide.md')", session)["notes"]);
        var ranked = Run(bench, "len(search('zebra run', mode='ranked', limit=500))", session);
        Assert.InRange(ranked.Int("value"), 40, 50);
        Assert.Contains("the best 50 regions at most", Assert.Single(ranked["notes"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Contains("empties it", Run(bench, "del sets['x']", session)["error"]!.Str("message"), StringComparison.Ordinal);
        Assert.Equal("[]", Run(bench, "llm_batch([])", session)["value"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(Engines))]
    public void ListWhoseRowFails_IsNeverShortInSilence(string engine)
    {
        const string Code = """
            rows = read([f['path'] for f in files() if f['path'].endswith('.cs')][:1] * 120 + ['nope/none.cs'] + ['src/Shapes.cs'] * 29)
            told = []
            for attempt in range(3):
                try:
                    told.append(len(list(rows)))
                except Exception as fault:
                    told.append('failed')
            told
            """;
        Assert.Equal("""["failed","failed","failed"]""", Run(Bench(engine), Code)["value"]!.ToJsonString());
    }

    [Fact]
    public void SessionBetweenPrograms_IsIdle()
    {
        var bench = Bench("builtin");
        var session = Run(bench, "x = 1").Str("session")!;
        Assert.Contains($"{session} running (idle) program", bench.Text("session", new { action = "list" }));
        bench.EndAndRestart();
        Assert.Equal(("running", true), (bench.Json("session", new { id = session }).Str("status"), bench.Json("session", new { id = session }).Bool("idle")));
        Assert.Contains($"session {session} · running (idle)", bench.Text("session", new { id = session }));
        Assert.Contains("cancelled", bench.Text("session", new { id = session, action = "cancel" }));
        Assert.Equal("cancelled", bench.Json("session", new { id = session }).Str("status"));
    }

    [Fact]
    public void Text_StaysUnderItsBudget_AndCountsWhatItCuts()
    {
        var bench = Bench("builtin");
        var text = bench.Call("program", new { code = "for i in range(3000): print('line', i)\n'x' * 5000", budget = 400 }).Text;
        Assert.InRange(text.Length, 400, 1_600);
        Assert.Contains("characters cut", text);
    }

    [Fact]
    public void Arguments_AreChecked()
    {
        var bench = Bench("builtin");
        Assert.StartsWith("bad_argument: ", bench.Error("program", new { code = "1", timeout = 0 }));
        Assert.StartsWith("bad_argument: ", bench.Error("program", new { code = "1", speed = 3 }));
        Assert.StartsWith("bad_argument: ", bench.Error("program", new { }));
    }

    [Fact]
    public void WithoutAnEngine_TheToolSaysWhatToInstall()
    {
        using var bench = SampleRepository.Create();
        bench.Recursion = new RecursionOptions { Programs = new() { Engine = "builtin" } };
        Assert.StartsWith("not_available: ", bench.Error("program", new { code = "1" }));
    }

    [Fact]
    public void Wait_ReturnsBeforeALongProgramEnds_AndTheSessionBringsItsResult()
    {
        var bench = Bench("builtin");
        var running = JsonNode.Parse(bench.Call("program", new { code = "n = 0\nwhile n < 3000000:\n    n += 1\nn", wait = 0 }, json: true).Text)!;
        Assert.Equal("running", running.Str("status"));
        var session = running.Str("session")!;
        Assert.Contains("value: 3000002", bench.Text("program", new { code = "n + 2", session }));
        Assert.Contains("value: 3000000", bench.Text("session", new { id = session, action = "wait" }));
        Assert.Contains("value: 3000001", bench.Text("program", new { code = "n + 1", session }));
    }

    [Fact]
    public void Cancel_EndsAProgramThatNobodyWaitsFor()
    {
        var bench = Bench("builtin");
        var session = JsonNode.Parse(bench.Call("program", new { code = "while True: pass", wait = 0, timeout = 300 }, json: true).Text)!.Str("session")!;
        Assert.Contains("cancelled", bench.Text("session", new { id = session, action = "cancel" }));
        Assert.StartsWith("bad_argument: ", bench.Error("program", new { code = "1", session }));
    }
}
