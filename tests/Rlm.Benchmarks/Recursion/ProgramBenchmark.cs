using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Context;
using Rlm.Mcp.Sessions;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Models;
using Rlm.Recursion.Programs;
using Rlm.Recursion.Programs.BuiltIn;

namespace Rlm.Benchmarks.Recursion;

/// <summary>What programs cost, on each engine that this machine has: the first, a warm one, a loop, a search from a program beside the tool itself, the width of a batch. Prints a table; 1 when a figure is missed.</summary>
internal static class ProgramBenchmark
{
    private const int Rounds = 200, Steps = 10_000_000;

    public static int Run(string? source)
    {
        var made = source is null ? Directory.CreateTempSubdirectory("rlm-bench-") : null;
        if (made is not null) SyntheticFolder.Write(made.FullName);
        var root = source ?? made!.FullName;
        var isMet = true;
        foreach (var engine in (string[])["cpython", "builtin"])
        {
            var options = Options(engine);
            using (var engines = new ProgramEngines(options))
                if (engines.Report.Name is null)
                {
                    Console.Error.WriteLine($"{engine}: {string.Join("; ", engines.Report.Rejected)}");
                    continue;
                }
            foreach (var measure in (Func<string, string, Figure>[])[First, Warm, Loop, Search, Batch])
            {
                var figure = measure(root, engine);
                isMet &= figure.IsMet;
                Console.Error.WriteLine($"{(figure.IsMet ? "ok    " : "MISSED")}  {engine,-8}  {figure.What,-40}  {figure.Wanted,-16}  {figure.Measured}");
            }
        }
        made?.Delete(recursive: true);
        return isMet ? 0 : 1;
    }

    private static ProgramOptions Options(string engine) => new()
    {
        Engine = engine, BuiltIn = [Path.Combine(AppContext.BaseDirectory, "rlm-mcp"), BuiltInWorker.Command],
        BuiltInEnvironment = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } runtime ? new Dictionary<string, string> { ["DOTNET_ROOT"] = runtime } : new(),
    };

    // The trial of the engine is in it: once for a process.
    private static Figure First(string root, string engine)
    {
        var limit = engine == "cpython" ? 200 : 300;
        var times = Enumerable.Range(0, 7).Select(_ =>
        {
            using var bed = new Bed(root, engine);
            return Time(() => bed.Run("1 + 1"));
        }).Order().ToList();
        return new("first program of a process", $"≤ {limit} ms", string.Create(CultureInfo.InvariantCulture, $"{times[3]:0} ms ({times[0]:0} to {times[^1]:0})"), times[3] <= limit);
    }

    private static Figure Warm(string root, string engine)
    {
        using var bed = new Bed(root, engine);
        bed.Run("x = 1");
        var times = Enumerable.Range(0, Rounds).Select(_ => Time(() => bed.Run("x + 1"))).Order().ToList();
        return new("warm program", "≤ 5 ms", string.Create(CultureInfo.InvariantCulture, $"{times[Rounds / 2]:0.00} ms (p95 {times[Rounds * 95 / 100]:0.00})"), times[Rounds / 2] <= 5);
    }

    private static Figure Loop(string root, string engine)
    {
        using var bed = new Bed(root, engine);
        bed.Run("x = 1");
        var seconds = Time(() => bed.Run($"n = 0\nfor i in range({Steps}):\n    n += i\nn")) / 1000;
        return new("10 million loop steps", "≤ 5 s", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"), seconds <= 5);
    }

    private static Figure Search(string root, string engine)
    {
        using var bed = new Bed(root, engine);
        const string Word = "CloseAndFlush";
        var code = $"for i in range({Rounds}):\n    len(search('{Word}'))";
        bed.Run(code);
        bed.Tool(Word);
        var (direct, called) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            direct.Add(Time(() =>
            {
                for (var at = 0; at < Rounds; at++) bed.Tool(Word);
            }) / Rounds);
            called.Add(Time(() => bed.Run(code)) / Rounds);
        }
        var above = called.Order().ElementAt(2) - direct.Order().ElementAt(2);
        return new("search from a program above the tool", "≤ 1 ms", string.Create(CultureInfo.InvariantCulture, $"{above:0.00} ms above {direct.Order().ElementAt(2):0.00} ms"), above <= 1);
    }

    private static Figure Batch(string root, string engine)
    {
        using var bed = new Bed(root, engine);
        bed.Run("x = 1");
        var seconds = Time(() => bed.Run("[r['status'] for r in llm_batch([str(n) for n in range(64)])].count('ok')")) / 1000;
        return new("batch of 64 calls of 0.1 s, 8 at once", "≤ 0.9 s, 8 wide", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s, {bed.Widest} wide"), seconds <= 0.9 && bed.Widest == 8);
    }

    private static double Time(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>The real tools with a model that answers after a tenth of a second.</summary>
    private sealed class Bed : IDisposable
    {
        private readonly ToolRegistry _tools;
        private readonly SlowClient _client = new();
        private string? _session;

        public Bed(string root, string engine)
        {
            var recursion = new RecursionOptions { Model = "openai:slow@http://localhost:9/v1", Programs = Options(engine) };
            _tools = ToolSet.Create(new(new ContextOptions { Root = root, CacheFolder = Path.Combine(Path.GetTempPath(), "rlm-bench-program") }, recursion)
            {
                BackEnds = new(recursion, _ => null, null) { Maker = spec => new(spec.ToString(), _client) { Price = new(0, 0) } },
            });
        }

        public int Widest => _client.Widest;

        public void Run(string code)
        {
            var arguments = new Dictionary<string, object> { ["code"] = code, ["timeout"] = 120 };
            if (_session is not null) arguments["session"] = _session;
            var answer = JsonNode.Parse(Call("program", arguments))!;
            _session = (string?)answer["session"];
            if (answer["error"] is { } error) throw new InvalidOperationException(error.ToJsonString());
        }

        public void Tool(string pattern) => Call("search", new() { ["pattern"] = pattern, ["limit"] = 100 });

        public void Dispose() => _tools.End?.Invoke();

        private string Call(string tool, Dictionary<string, object> arguments) =>
            ToolRegistry.Call(_tools.Find(tool)!, arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToElement(pair.Value))), new ToolContext(Json: true, null, IsCommandLine: true), CancellationToken.None).Text;
    }

    private sealed class SlowClient : IChatClient
    {
        private readonly Lock _gate = new();
        private int _now;

        public int Widest { get; private set; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            lock (_gate) Widest = Math.Max(Widest, ++_now);
            await Task.Delay(100, cancellationToken);
            lock (_gate) _now--;
            return new(new ChatMessage(ChatRole.Assistant, "yes")) { Usage = new() { InputTokenCount = 10, OutputTokenCount = 1 } };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
