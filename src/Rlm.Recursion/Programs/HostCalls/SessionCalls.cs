using System.Text.Json.Nodes;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Models;
using Rlm.Recursion.Running;

namespace Rlm.Recursion.Programs.HostCalls;

/// <summary>What one program of a session may call: the context's functions within the session's scope, models on the session's budget, sessions below it.</summary>
internal sealed class SessionCalls : IProgramCalls
{
    private const int MostNotes = 20;

    private readonly SessionRun _run;
    private readonly OpenRows _rows;
    private readonly Dictionary<string, ProgramFunction> _functions;
    private readonly List<string> _notes = [];
    private readonly List<(string Name, IReadOnlyCollection<string> Notes)> _late = [];

    /// <param name="run">The session.</param>
    /// <param name="children">Runs sessions below it.</param>
    /// <param name="rows">Its open lists, which outlive the program.</param>
    /// <param name="engine">For <c>help()</c>.</param>
    public SessionCalls(SessionRun run, IChildSessions children, OpenRows rows, EngineReport engine)
    {
        (_run, _rows) = (run, rows);
        var models = new ModelFunctions(run);
        IReadOnlyList<ProgramFunction> own = [.. run.Context.Functions, .. models.All, new ChildFunction(run, children).Function];
        var help = new ProgramFunction("help()", "this text", (_, _, _) => ProgramValue.Of(HelpText.Of(own, engine, run)));
        _functions = own.Append(help).ToDictionary(function => function.Name);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => ProgramFunctions.Names;

    /// <summary>What calls had to say besides their results, each once.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Concat(_late.SelectMany(late => late.Notes.Select(note => $"{late.Name}: {note}"))).Distinct().Take(MostNotes)];

    /// <inheritdoc/>
    public JsonNode? Call(string name, JsonArray arguments, JsonObject named, CancellationToken cancellationToken)
    {
        try
        {
            if (name == "more") return _rows.Next(arguments is [JsonValue cursor, ..] && cursor.TryGetValue<string>(out var text) ? text : "", arguments is [_, JsonValue have, ..] && have.TryGetValue<long>(out var count) ? count : -1);
            if (!_functions.TryGetValue(name, out var function)) throw new ProgramCallException("RuntimeError", $"not_available: {name} is not to be had here");
            var value = function.Call(_run.Session.Scope, CallArguments.Bind(function, arguments, named), cancellationToken);
            if (value.Note is { } note && !_notes.Contains($"{name}: {note}") && _notes.Count < MostNotes) _notes.Add($"{name}: {note}");
            if (value.Rows is not null || value.RowNotes.Count > 0) _late.Add((name, value.RowNotes));
            return value.Rows is { } rows ? _rows.Begin(rows, value.Total) : value.Json;
        }
        catch (RecursionException refused)
        {
            throw new ProgramCallException(TypeOf(refused.Code), $"{refused.Code}: {refused.Message.TrimEnd('.')}. {refused.Next}");
        }
        catch (BudgetSpentException spent)
        {
            throw new ProgramCallException("RuntimeError", $"budget_spent: {spent.Message}");
        }
        catch (ModelFaultException fault)
        {
            throw new ProgramCallException("RuntimeError", $"the model failed ({fault.Kind}): {fault.Message}");
        }
    }

    /// <summary>The Python exception for a code word of the contract.</summary>
    public static string TypeOf(string code) => code switch
    {
        "unknown_set" => "KeyError",
        "unknown_path" or "unknown_symbol" or "unknown_session" or "out_of_range" or "out_of_scope" => "LookupError",
        "bad_argument" or "bad_pattern" => "ValueError",
        "secret_file" or "outside_root" => "PermissionError",
        "timeout" => "TimeoutError",
        _ => "RuntimeError",
    };
}
