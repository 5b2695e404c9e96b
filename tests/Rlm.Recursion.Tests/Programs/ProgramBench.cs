using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Programs.BuiltIn;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Tests.Doubles;
using Rlm.Recursion.Tests.Engine;
using Rlm.Recursion.Tests.Models.Cli;

namespace Rlm.Recursion.Tests.Programs;

/// <summary>Programs over files in memory, on one engine; skipped where the machine has no such engine.</summary>
internal sealed class ProgramBench : IDisposable
{
    private readonly EngineBench _bench;
    private RecursionEngine _engine;

    public ProgramBench(string engine, Func<ScriptedCall, CancellationToken, Task<ChatResponse>>? answer = null, ProgramLimits? limits = null, TimeProvider? time = null, string backEnd = "anthropic:test", Limits? budget = null)
    {
        Options = new() { Programs = new() { Engine = engine, BuiltIn = Worker, BuiltInEnvironment = Runtime, Limits = limits ?? new() }, Time = time ?? TimeProvider.System, Limits = budget ?? RecursionOptions.StandardLimits };
        _bench = new(answer ?? ((_, _) => Task.FromResult(Replies.Prose("yes"))))
        {
            Options = Options, Caller = new(backEnd, "test") { ClientName = "claude-code" },
            Context = new() { Functions = Functions },
        };
        _engine = _bench.Engine(options: Options);
        if (engine == "cpython" && _engine.ProgramEngine is { Name: null } report) Assert.Skip(string.Join("; ", report.Rejected));
    }

    /// <summary>Both engines, as rows of a theory.</summary>
    public static TheoryData<string> Engines => ["cpython", "builtin"];

    /// <summary>This test program as the worker of the built-in interpreter.</summary>
    public static IReadOnlyList<string> Worker { get; } = [.. CliMachine.Guard.TakeWhile(word => word != "__guard"), BuiltInWorker.Command];

    public static Dictionary<string, string> Runtime { get; } = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? new() { ["DOTNET_ROOT"] = root } : [];

    public RecursionOptions Options { get; }

    public RecursionEngine Engine => _engine;

    public FakeContext Context => _bench.Context;

    /// <summary>The last session.</summary>
    public SessionState? Session { get; private set; }

    public Caller Caller => _bench.Caller;

    /// <summary>Runs in a new session, or on in one.</summary>
    public ProgramReport Run(string code, string? session = null, double seconds = 20)
    {
        (Session, var report) = _engine.RunProgram(session, code, TimeSpan.FromSeconds(seconds), _bench.Caller, TestContext.Current.CancellationToken);
        return report;
    }

    /// <summary>Runs on in the last session.</summary>
    public ProgramReport Next(string code, double seconds = 20) => Run(code, Session!.Id, seconds);

    /// <summary>The server as a new process would have it.</summary>
    public void Restart()
    {
        _engine.Dispose();
        _engine = _bench.Engine(options: Options);
    }

    public void Dispose() => _bench.Dispose();

    private static IReadOnlyList<ProgramFunction> Functions =>
    [
        new("search(pattern, limit=None)", "rows", (_, arguments, _) => ProgramValue.OfRows(Enumerable.Range(0, 2_500).Select(number => (JsonNode?)new JsonObject { ["line"] = number, ["text"] = $"{arguments["pattern"]} {number}" }), 2_500)),
        new("files(in_=None)", "rows without a total", (_, _, _) => ProgramValue.OfRows(Enumerable.Range(0, 1_000).Select(number => (JsonNode?)$"f{number}"), null)),
        new("read(target)", "a text", (_, arguments, _) => (string?)arguments["target"] == "a.txt" ? ProgramValue.Of("hello\nworld\n") : throw new RecursionException("unknown_path", "asked what is not there", "files() shows what is.")),
        new("outline(path)", "gives its argument back", (_, arguments, _) => ProgramValue.Of(arguments["path"]?.DeepClone())),
    ];
}
