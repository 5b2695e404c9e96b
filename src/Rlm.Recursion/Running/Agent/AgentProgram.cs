using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Recursion.Context;
using Rlm.Recursion.Programs;

namespace Rlm.Recursion.Running.Agent;

/// <summary>The tool <c>program</c> of an agent: Python over the agent's scope, on its budget, with variables that last as long as its session.</summary>
internal sealed partial class AgentProgram(SessionRun run, IChildSessions sessions, EngineReport engine)
{
    /// <summary>As the model calls it.</summary>
    public const string Name = "program";

    private const int StandardSeconds = 30, MostSeconds = 300, LongestCode = 1 << 20, LongestResult = 24_000;

    private static readonly JsonElement Schema = JsonDocument.Parse("""
        {"type":"object","properties":{"code":{"type":"string","description":"Python; the last expression's value comes back"},"timeout":{"type":"integer","description":"seconds, 1-300; default 30"}},"required":["code"],"additionalProperties":false}
        """).RootElement;

    /// <summary>Whether a program has written a draft of the answer.</summary>
    public bool HasDraft { get; private set; }

    /// <summary>What the model is told of it.</summary>
    public AIFunctionDeclaration Declaration { get; } = AIFunctionFactory.CreateDeclaration(Name,
        "Runs Python over your scope: files, search, read, outline, refs, history, sets, llm, llm_batch, recurse return lists and dicts with the tools' JSON fields; help() has the signatures. "
        + $"{(engine.Name == "cpython" ? "CPython" : "A subset of Python 3")}, sandboxed; variables stay.", Schema);

    /// <summary>Runs a call.</summary>
    /// <exception cref="RecursionException">Wrong arguments, or no worker.</exception>
    public ToolOutcome Run(ToolRequest request, CancellationToken cancellationToken)
    {
        var (code, seconds) = Read(request.Arguments);
        var report = sessions.RunProgram(run, code, TimeSpan.FromSeconds(seconds), cancellationToken);
        HasDraft |= report.Answer is { Content.Length: > 0 };
        var text = ProgramText.Of(report, $"program · {ProgramText.Status(report)}", LongestResult);
        return new(text, report.Error is not null, [.. HandlePattern().Matches(text).Select(match => match.Value).Distinct().Take(200)]);
    }

    private static (string Code, int Seconds) Read(JsonObject arguments)
    {
        if (arguments.Select(pair => pair.Key).FirstOrDefault(name => name is not ("code" or "timeout")) is { } unknown) throw Bad($"program has no argument {unknown[..Math.Min(40, unknown.Length)]}; it takes code, timeout");
        if (arguments["code"] is not JsonValue value || !value.TryGetValue<string>(out var code) || string.IsNullOrWhiteSpace(code)) throw Bad("code is missing");
        if (code.Length > LongestCode) throw Bad($"code has {code.Length:N0} characters; at most {LongestCode:N0}");
        if (arguments["timeout"] is not { } given) return (code, StandardSeconds);
        return given is JsonValue number && number.TryGetValue<int>(out var seconds) && seconds is >= 1 and <= MostSeconds ? (code, seconds) : throw Bad($"timeout is no whole number from 1 to {MostSeconds}");
    }

    private static RecursionException Bad(string what) => new("bad_argument", what, "Call program again with {\"code\":…}.");

    [GeneratedRegex(@"[^\s,;()\[\]""'{}]+:[0-9]+-[0-9]+@[0-9a-f]{8}")]
    private static partial Regex HandlePattern();
}
