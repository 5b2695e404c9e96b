using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Confinement;
using Rlm.Recursion.Programs.Language;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>The worker of the built-in interpreter: this executable, started with a hidden command, speaking the line protocol on stdin and stdout. It shuts itself in before it reads a program.</summary>
public sealed class BuiltInWorker : IProgramHost
{
    /// <summary>The first argument by which this program becomes a worker.</summary>
    public const string Command = "__program";

    private const int StackBytes = 256 << 20, LineBytes = 32 << 20;

    private readonly WorkerLines _lines;
    private readonly BlockingCollection<JsonObject> _received = [];
    private readonly SoftTime _time = new();
    private long _calls;
    private Drafts? _drafts;

    private BuiltInWorker(Stream input, Stream output) => _lines = new(input, output, LineBytes);

    /// <summary>Runs until the end of input.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        LinuxConfinement.DieWithParent();
        var worker = new BuiltInWorker(Console.OpenStandardInput(), Console.OpenStandardOutput());
        new Thread(worker.Listen) { IsBackground = true }.Start();
        var main = new Thread(worker.Serve, StackBytes);
        main.Start();
        main.Join();
        return 0;
    }

    /// <inheritdoc/>
    public JsonNode? Call(string name, IReadOnlyList<JsonNode?> arguments, IReadOnlyDictionary<string, JsonNode?> named)
    {
        var number = ++_calls;
        Beat();
        _time.Pause();
        _lines.Send(new()
        {
            ["call"] = number, ["name"] = name, ["args"] = new JsonArray([.. arguments.Select(Detached)]), ["kwargs"] = new JsonObject(named.Select(pair => KeyValuePair.Create(pair.Key, Detached(pair.Value)))),
        });
        var reply = _received.Take();
        _time.Resume(reply["left"] is { } left ? TimeSpan.FromSeconds((double)left) : TimeSpan.MaxValue);
        if (reply["error"] is JsonObject error) throw new HostCallException((string)error["type"]!, (string)error["message"]!);
        return Detached(reply["value"]);
    }

    /// <inheritdoc/>
    public void Beat() => _drafts?.Tell();

    private static JsonNode? Detached(JsonNode? node) => node?.Parent is null ? node : node.DeepClone();

    // A thread of its own, so that the end of input ends a program that never stops.
    private void Listen()
    {
        while (_lines.Receive() is { } message) _received.Add(message);
        Environment.Exit(0);
    }

    private void Serve()
    {
        var start = _received.Take()["start"]!.AsObject();
        var session = new BuiltInSession(this, start, _time);
        var isFiltered = LinuxConfinement.Apply((int)start["limits"]!["cpu"]!);
        _drafts = new(() => session.Draft, _lines.Send);
        _lines.Send(new() { ["ready"] = new JsonObject { ["engine"] = "builtin", ["version"] = "3 (subset)", ["filtered"] = isFiltered } });
        while (true)
        {
            var message = _received.Take();
            if (message["restore"] is JsonObject variables) session.Restore(variables);
            else if (message["eval"] is { } number) _lines.Send(session.Evaluate((long)number, (string)message["code"]!, (double)message["seconds"]!));
        }
    }
}
