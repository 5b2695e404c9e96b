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
    private readonly HostBridge _bridge;
    private readonly Globals _globals;

    /// <summary>A fresh session.</summary>
    /// <param name="limits">What every run may use.</param>
    /// <param name="host">Serves the calls.</param>
    /// <param name="hostFunctions">The host's functions that programs see as globals.</param>
    public Interpreter(InterpreterLimits limits, IProgramHost host, IReadOnlyList<string> hostFunctions)
    {
        _limits = limits;
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
        var machine = new Machine(_limits, cancellationToken) { Host = _bridge.Call };
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

    /// <summary>Globals that are plain data: <c>{"values": {name: value}, "not": [names of the others]}</c>; tuples become lists. For <see cref="Restore"/>.</summary>
    public JsonObject PlainVariables() => PlainData.Save(_globals);

    /// <summary>Sets the globals that <see cref="PlainVariables"/> gave.</summary>
    public void Restore(JsonObject variables) => PlainData.Load(_globals, variables, _limits);
}
