using Rlm.Recursion.Programs;

namespace Rlm.Recursion.Tests.Programs;

public class ProgramSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Engines => ProgramBench.Engines;

    [Theory, MemberData(nameof(Engines))]
    public void Program_GivesOutputValueAndVariables(string engine)
    {
        using var bench = new ProgramBench(engine);
        var report = bench.Run("x = [1, 2]\nprint('hi', x)\n{'a': x, 'b': (None, True, 1.5, 'é\"\\n')}");
        Assert.Null(report.Error);
        Assert.Equal(engine, report.Engine);
        Assert.Equal("hi [1, 2]\n", report.Stdout);
        Assert.Equal("{'a': [1, 2], 'b': (None, True, 1.5, 'é\"\\n')}", report.Value);
        Assert.Equal("""{"a":[1,2],"b":[null,true,1.5,"é\"\n"]}""", System.Text.Json.JsonSerializer.Serialize(report.Plain, Readable));
        Assert.Equal(new ProgramVariable("x", "list", 2), Assert.Single(report.Variables));
    }

    [Theory, MemberData(nameof(Engines))]
    public void Variables_StayInTheSession_AndNowhereElse(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Null(bench.Run("x = 5\ndef double(n):\n    return 2 * n").Error);
        Assert.Equal("10", bench.Next("double(x)").Value);
        Assert.Equal("NameError", bench.Run("x").Error?.Type);
    }

    [Theory, MemberData(nameof(Engines))]
    public void PlainVariables_SurviveARestart_AndTheOthersAreNamed(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Null(bench.Run("n = 12345678901234567890\nrows = list(search('a'))[:3]\ntext = 'grüße \\u2028'\nt = (1, 'b')\nanswer['content'] = 'so far'\ndef f():\n    return 1").Error);
        bench.Restart();
        var report = bench.Next("print(n, len(rows), rows[2]['line'], text == 'grüße \\u2028', list(t), answer)");
        Assert.Equal("12345678901234567890 3 2 True [1, 'b'] {'content': 'so far', 'ready': False}\n", report.Stdout);
        Assert.Contains(report.Notes, note => note.Contains("gone: f", StringComparison.Ordinal));
        Assert.Equal("NameError", bench.Next("f()").Error?.Type);
        Assert.Equal("so far", bench.Session!.Answer.Content);
    }

    [Theory, MemberData(nameof(Engines))]
    public void LongLists_AreFetchedAsTheyAreUsed(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Equal(1, bench.Run("hits = search('q')\nassert len(hits) == 2500\nassert hits[99]['line'] == 99").Calls);
        var report = bench.Next("print(hits[100]['line'], hits[-1]['line'], sum(1 for h in hits), [h['line'] for h in hits[2498:]], bool(hits), len(files('x')), files('x')[999])\nsorted(h['line'] for h in hits) == list(range(2500))");
        Assert.Equal("100 2499 2500 [2498, 2499] True 1000 f999\n", report.Stdout);
        Assert.Equal("True", report.Value);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Calls_ThatAreWrong_RaiseWithTheSignature(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Contains("search(pattern, limit=None)", bench.Run("search('a', lines=3)").Error!.Message, StringComparison.Ordinal);
        Assert.Contains("needs pattern", bench.Next("search()").Error!.Message, StringComparison.Ordinal);
        Assert.Equal("TypeError", bench.Next("search('a', 1, 2)").Error!.Type);
        var error = bench.Next("y = 1\n\nread('nope')").Error!;
        Assert.Equal(("LookupError", 3), (error.Type, error.Line));
        Assert.StartsWith("unknown_path: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("caught", bench.Next("try:\n    read('nope')\nexcept LookupError as e:\n    print('caught', end='')").Stdout);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Arguments_ArriveAsTheyWereGiven(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Equal("True", bench.Run("v = {'a': [1, 2.5, None, True, 'x\\n'], 'b': {'c': 12345678901234567890}}\noutline(v) == v").Value);
        Assert.Equal("[1, 2]", bench.Next("outline((1, 2))").Value);
        Assert.Equal("TypeError", bench.Next("outline(print)").Error?.Type);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Tracebacks_HaveTheProgramsOwnLinesOnly(string engine)
    {
        using var bench = new ProgramBench(engine);
        Assert.Null(bench.Run("def inner(n):\n    return 1 // n").Error);
        var error = bench.Next("def outer():\n    return inner(0)\n\nouter()").Error!;
        Assert.Equal("ZeroDivisionError", error.Type);
        Assert.Contains("line 4", error.Traceback, StringComparison.Ordinal);
        Assert.DoesNotContain("prelude", error.Traceback + error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(".cs", error.Traceback, StringComparison.Ordinal);
        Assert.Equal("SyntaxError", bench.Next("x = (").Error?.Type);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Help_ListsTheSurface(string engine)
    {
        using var bench = new ProgramBench(engine);
        var report = bench.Run("text = help()\ntext");
        Assert.Null(report.Error);
        foreach (var part in (string[])["search(pattern, limit=None)", "llm_batch(", "answer['content']", "sets[", "Examples"]) Assert.Contains(part, (string)report.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_RunsOneProgramAtATime()
    {
        using var bench = new ProgramBench("cpython");
        bench.Run("n = 0");
        var id = bench.Session!.Id;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.Engine.RunProgram(id, "for i in range(20000):\n    n = n + 1", TimeSpan.FromSeconds(20), bench.Caller, Token), Token)));
        Assert.Equal("80000", bench.Next("n").Value);
    }

    [Theory, MemberData(nameof(Engines))]
    public void Programs_OfOneSession_RunInTheOrderInWhichTheyWereAskedFor(string engine)
    {
        using var bench = new ProgramBench(engine);
        bench.Run("order = []");
        var id = bench.Session!.Id;
        var first = bench.Engine.BeginProgram(id, "for i in range(5000000):\n    pass\norder.append('first')", TimeSpan.FromSeconds(20), bench.Caller, Token);
        var jobs = Enumerable.Range(0, 20).Select(number => bench.Engine.BeginProgram(id, $"order.append({number})", TimeSpan.FromSeconds(20), bench.Caller, Token)).ToList();
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.Throws<OperationCanceledException>(() => jobs[7].Wait(TimeSpan.FromSeconds(1), gone.Token));
        foreach (var job in jobs.Where((_, at) => at != 7)) Assert.True(job.Wait(TimeSpan.FromSeconds(20), Token) && job.Take().Report.Error is null);
        Assert.Equal("['first', " + string.Join(", ", Enumerable.Range(0, 20).Where(number => number != 7)) + "]", bench.Next("order").Value);
        // Results that nobody was given come one after the other.
        Assert.Same(first, bench.Engine.LastProgram(id));
        Assert.Null(first.Take().Report.Error);
        Assert.Same(jobs[19], bench.Engine.LastProgram(id));
    }

    [Fact]
    public void Sessions_ThatAreUnknownOrEnded_AreRefused()
    {
        using var bench = new ProgramBench("cpython");
        Assert.Equal("unknown_session", Assert.Throws<RecursionException>(() => bench.Run("1", "s-nope")).Code);
        bench.Run("x = 1");
        bench.Engine.Cancel(bench.Session!.Id);
        Assert.Equal("bad_argument", Assert.Throws<RecursionException>(() => bench.Next("x")).Code);
    }

    [Fact]
    public async Task Cancelling_EndsTheProgram_AndTheNextWorks()
    {
        using var bench = new ProgramBench("cpython");
        bench.Run("x = 7");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => bench.Engine.RunProgram(bench.Session!.Id, "while True: pass", TimeSpan.FromSeconds(60), bench.Caller, stop.Token), Token));
        Assert.Equal("7", bench.Next("x").Value);
    }

    [Fact]
    public void EngineThatIsMissing_IsNotReplacedByOneWithoutWalls()
    {
        using var engines = new ProgramEngines(new() { Engine = "builtin" });
        Assert.Null(engines.Report.Name);
        Assert.Equal("not_available", Assert.Throws<RecursionException>(() => engines.Start(ProgramFunctions.Names)).Code);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
