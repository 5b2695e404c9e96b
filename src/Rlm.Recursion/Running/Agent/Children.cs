using System.Globalization;
using System.Text;
using Rlm.Recursion.Budget;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;
using Rlm.Recursion.Trajectories;

namespace Rlm.Recursion.Running.Agent;

/// <summary>
/// The descent of one agent: which calls of <c>recurse</c> are let through, what the children brought, and when going deeper stops. A level (the children of one turn) that adds no citation
/// that was not there before is the last one.
/// </summary>
internal sealed class Children(SessionRun run, IChildSessions engine)
{
    private const int MaxContent = 24_000, MaxFindings = 60;

    private readonly Lock _gate = new();
    private readonly HashSet<(string, string)> _citations = [];
    private readonly List<SessionState> _ended = [];
    private int _startedHere, _gainedHere;
    private bool _exhausted;

    /// <summary>Children that came to an end, in the order in which they did.</summary>
    public IReadOnlyList<SessionState> Ended
    {
        get
        {
            lock (_gate) return [.. _ended];
        }
    }

    /// <summary>Whether a session of this depth may have children at all.</summary>
    public bool IsAllowed => Depths.MayDescend(run);

    /// <summary>Begins a turn, whose children are one level.</summary>
    public void BeginLevel() => (_startedHere, _gainedHere) = (0, 0);

    /// <summary>Ends it.</summary>
    public void EndLevel() => _exhausted |= _startedHere > 0 && _gainedHere == 0;

    /// <summary>Runs a child.</summary>
    /// <exception cref="RecursionException">Refused; nothing ran.</exception>
    /// <exception cref="BudgetSpentException">No room in the budget.</exception>
    public async Task<string> RunAsync(ToolRequest call, CancellationToken cancellationToken)
    {
        var request = ChildCall.Read(call.Arguments);
        Admit(request, cancellationToken);
        var state = await engine.RunAsync(run.Session, request, cancellationToken).ConfigureAwait(false);
        var gain = Take(state);
        run.Session.Trajectory.Append(new(run.Session.Id, 0, "tool")
        {
            At = run.Options.Time.GetUtcNow(), Tool = "recurse", Result = state.Id, Seconds = state.Seconds,
            Note = string.Create(CultureInfo.InvariantCulture, $"reason {request.Reason}; gain {gain} new citations"),
        });
        return Told(state);
    }

    private void Admit(RecurseRequest request, CancellationToken cancellationToken)
    {
        var state = run.Session.State;
        if (!IsAllowed) throw new RecursionException("depth_limit", $"this session has depth {state.Depth}, and {Depths.Deepest(run)} is the deepest allowed", "Answer with your own tools.");
        if (state.Steps.Contains(Degradation.NoNewChildren) || Degradation.IsDue(Degradation.NoNewChildren, run.Session.Ledger.Used))
            throw new RecursionException("budget_spent", "80 % of the budget is used: no new children", "Submit what you have by answer.");
        if (_exhausted) throw new RecursionException("bad_argument", "the last level of sub-agents added no new citation: going deeper has stopped", "Answer from what you have.");
        if (request.Over.Count == 0 && Same(request.Task, state.Request.Task))
            throw new RecursionException("bad_argument", "that is this session's own task over its whole scope", "Give a part of the task, or a part of the scope in over.");
        if (request.Over.Count > 0 && run.Context.Size(run.Session.Scope.Narrowed(request.Over), cancellationToken).Files == 0)
            throw new RecursionException("out_of_scope", "nothing of what over names lies in this session's scope", "Name paths inside your scope; map shows them.");
    }

    private int Take(SessionState state)
    {
        lock (_gate)
        {
            _ended.Add(state);
            _startedHere++;
            var gain = state.Findings.SelectMany(finding => finding.Citations).Count(citation => citation.Checked != QuoteCheck.False && _citations.Add((citation.Handle, citation.Quote)));
            _gainedHere += gain;
            return gain;
        }
    }

    private static string Told(SessionState state)
    {
        // Nothing here depends on which of several children was first, so that a replay sends the same.
        var quotes = state.Findings.SelectMany(finding => finding.Citations).ToList();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"session {state.Id} · {TrajectoryWords.Word(state.Status)}{(state.Reason is null ? "" : $": {state.Reason}")} · {quotes.Count(quote => quote.Checked != QuoteCheck.False)} of {quotes.Count} quotes are true\n");
        text.Append(CultureInfo.InvariantCulture, $"coverage: {state.Coverage.Units} units = {state.Coverage.Judged} judged + {state.Coverage.Failed} failed + {state.Coverage.Skipped} skipped\n");
        text.Append(state.Answer.Ready ? "answer:\n" : "draft, not an answer:\n").Append(Cut(state.Answer.Content)).Append('\n');
        foreach (var finding in state.Findings.Take(MaxFindings))
            text.Append(CultureInfo.InvariantCulture, $"- {finding.Unit}{(finding.IsUnsupported ? " (unsupported)" : "")}: {Line(finding.Text)}\n");
        if (state.Findings.Count > MaxFindings) text.Append(CultureInfo.InvariantCulture, $"[{state.Findings.Count - MaxFindings} more findings are not shown]\n");
        return text.ToString();
    }

    private static string Cut(string text) => text.Length <= MaxContent ? text : $"{text[..MaxContent]}\n[cut: {text.Length - MaxContent:N0} more characters]";

    private static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 400 ? line : line[..400] + "…";
    }

    private static bool Same(string left, string right) => string.Equals(left.Trim(), right.Trim(), StringComparison.OrdinalIgnoreCase);
}
