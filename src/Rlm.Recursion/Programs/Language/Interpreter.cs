using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language;

/// <summary>
/// A hermetic interpreter for a part of Python 3: no files, no processes, no reflection, no threads; what a program reaches are plain values, the functions listed in <c>Builtins/</c> and <c>Modules/</c>, and the host's. Globals stay
/// from run to run. Where the language differs from CPython it refuses (<see cref="Refusals"/>) and never answers otherwise. One instance serves one run at a time.
/// <code>
/// var interpreter = new Interpreter(new InterpreterLimits(), host, ["search", "read"]);
/// var outcome = interpreter.Run("hits = search('TODO')\nlen(hits)", cancellationToken);
/// outcome.Value   // "42"
/// </code>
/// A run needs a stack: with 16 MB and more, <see cref="InterpreterLimits.MaxDepth"/> decides how deep programs go; with less they end in a RecursionError before the stack does.
/// </summary>
public sealed class Interpreter
{
    private readonly InterpreterLimits _limits;
    private readonly IProgramHost _host;
    private readonly HostBridge _bridge;
    private readonly Globals _globals;

    /// <summary>A fresh session.</summary>
    /// <param name="limits">What every run may use.</param>
    /// <param name="host">Serves the calls.</param>
    /// <param name="hostFunctions">The host's functions that programs see as globals.</param>
    public Interpreter(InterpreterLimits limits, IProgramHost host, IReadOnlyList<string> hostFunctions)
    {
        (_limits, _host) = (limits, host);
        _bridge = new HostBridge(host);
        var builtIns = new Dictionary<string, object>(BuiltInNames.All) { ["sets"] = new HostMap("sets"), ["help"] = _bridge.Help };
        foreach (var name in HostModules.Present) builtIns[name] = HostModules.Find(name)!;
        foreach (var name in hostFunctions.Where(name => name != "help" && !name.StartsWith("sets.", StringComparison.Ordinal))) builtIns[name] = _bridge.Function(name);
        _globals = new Globals(builtIns);
        var answer = new PyDict();
        answer.Put("content", "");
        answer.Put("ready", Box.False);
        _globals.Cell("answer").Value = answer;
    }

    /// <summary>Runs a program to its end or its first uncaught error. Never throws for what a program does.</summary>
    public ProgramOutcome Run(string code, CancellationToken cancellationToken)
    {
        var machine = new Machine(_limits, cancellationToken) { Host = _bridge.Call, Beat = _host.Beat };
        var before = Variables.Shot(_globals);
        var outer = Machine.Current;
        Machine.Current = machine;
        try
        {
            var run = new ProgramRun(machine, _globals, code);
            var (value, error) = run.Go();
            return new(machine.Output, machine.OutputCut, value, error, Variables.Changed(_globals, before)) { Part = run.Part };
        }
        finally
        {
            Machine.Current = outer;
        }
    }

    /// <summary>What stands in <c>answer</c>; at a beat, where only a text is of interest, or between programs.</summary>
    public ProgramDraft Draft(bool isAtBeat)
    {
        var value = _globals.Cell("answer").Value;
        if (value is string whole) return new(whole, false, "str");
        if (value is not PyDict dict) return new(null, false, value is null ? "name that was deleted" : Types.ShortName(Types.Of(value)));
        var isReady = dict.TryGet("ready", out var ready) && ready is true;
        var content = dict.TryGet("content", out var found) ? found : "";
        return content is string text ? new(text, isReady, "dict") : isAtBeat ? new(null, isReady, "dict") : Written(content, isReady);
    }

    // Rows that were not read to their end would be calls of the host, whose time is over.
    private ProgramDraft Written(object content, bool isReady)
    {
        if (content is LazyList { IsComplete: false }) return new(null, isReady, "list that was not read to its end");
        try
        {
            return new(content is PyNone ? "" : Writing.Str(Machine.Current = new Machine(_limits with { MaxSteps = 10_000_000 }, CancellationToken.None), content), isReady, "dict");
        }
        catch (Exception error) when (error is PyRaise or EndException or OutOfMemoryException)
        {
            return new(null, isReady, "content that cannot be written");
        }
        finally
        {
            Machine.Current = null;
        }
    }

    /// <summary>Globals that are plain data: <c>{"values": {name: value}, "not": [names of the others]}</c>, in the form of <see cref="SavedData"/>. For <see cref="Restore"/>.</summary>
    /// <param name="room">Characters that the JSON of all values may take; what has no room is among the others.</param>
    public JsonObject PlainVariables(long room = 4 << 20) => PlainData.Save(_globals, room);

    /// <summary>Sets the globals that <see cref="PlainVariables"/> gave.</summary>
    public void Restore(JsonObject variables) => PlainData.Load(_globals, variables, _limits);
}
