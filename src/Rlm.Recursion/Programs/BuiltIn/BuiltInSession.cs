using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language;

namespace Rlm.Recursion.Programs.BuiltIn;

/// <summary>One interpreter with its variables, in the protocol's terms.</summary>
internal sealed class BuiltInSession
{
    private readonly Interpreter _interpreter;
    private readonly SoftTime _time;
    private readonly int _output, _plain;

    public BuiltInSession(IProgramHost host, JsonObject start, SoftTime time)
    {
        var limits = start["limits"]!;
        (_time, _output, _plain) = (time, (int)limits["output"]!, (int)limits["plain"]!);
        var functions = start["functions"]!.AsArray().Select(name => (string)name!).Where(name => name != "more" && !name.Contains('.', StringComparison.Ordinal)).ToList();
        // Half of the heap for what the program has; the rest for what the runtime needs besides.
        _interpreter = new(new() { MaxSteps = (long)limits["steps"]!, MaxBytes = (long)limits["memory"]! / 2, MaxHeapBytes = (long)limits["memory"]!, MaxOutputBytes = _output }, host, functions);
        // The first run of anything is slow: this one brings the interpreter's own code in before the filter and the first program.
        _interpreter.Run("[str(n) for n in range(3)]", CancellationToken.None);
    }

    /// <summary>What stands in <c>answer</c> while a program runs.</summary>
    public ProgramDraft Draft => _interpreter.Draft(isAtBeat: true);

    public void Restore(JsonObject variables) => _interpreter.Restore(new() { ["values"] = variables.DeepClone() });

    /// <summary>Runs a program and tells of it.</summary>
    public JsonObject Evaluate(long number, string code, double seconds)
    {
        using var time = _time.Begin(TimeSpan.FromSeconds(seconds));
        var outcome = _interpreter.Run(code, time.Token);
        var (kept, lost) = Kept();
        var done = new JsonObject
        {
            ["done"] = number, ["stdout"] = outcome.Stdout, ["cut"] = outcome.StdoutCut, ["value"] = outcome.Value is { } value ? outcome.Part is null ? Shortened(value) : value : null,
            ["part"] = outcome.Part is { } part ? new JsonObject { ["shown"] = part.Shown, ["of"] = part.Of } : null, ["error"] = Error(outcome.Error, time.IsCancellationRequested),
            ["variables"] = new JsonArray([.. outcome.Variables.Take(200).Select(variable => (JsonNode)new JsonObject { ["name"] = variable.Name, ["type"] = variable.Type, ["size"] = variable.Size, ["lasts"] = kept.ContainsKey(variable.Name) })]),
            ["plain"] = new JsonObject { ["values"] = kept, ["lost"] = lost },
        };
        if (outcome is { Value: { } shown, Part: null } && shown.Length <= _output && PythonLiteral.Parse(shown) is { } literal) done["json"] = literal;
        done["answer"] = Drafts.Message(_interpreter.Draft(isAtBeat: false));
        return done;
    }

    private (JsonObject Kept, JsonArray Lost) Kept()
    {
        var saved = _interpreter.PlainVariables(_plain);
        var (kept, lost) = (new JsonObject(), new JsonArray());
        foreach (var name in saved["not"]!.AsArray()) lost.Add((string)name!);
        foreach (var (name, value) in saved["values"]!.AsObject().ToList())
            if (!name.StartsWith('_'))
            {
                saved["values"]!.AsObject().Remove(name);
                kept[name] = value;
            }
        return (kept, lost);
    }

    private static JsonObject? Error(Language.ProgramError? error, bool isOver) => error is null ? null : new()
    {
        ["type"] = isOver && error.Type == "CancelledError" ? "timeout" : error.Type, ["message"] = isOver && error.Type == "CancelledError" ? "the time is over" : error.Message, ["line"] = error.Line > 0 ? error.Line : null, ["traceback"] = error.Traceback,
    };

    private string Shortened(string text) => text.Length <= _output ? text : text[.._output] + ProgramText.CutWords(text.Length - _output);
}
