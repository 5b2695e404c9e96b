using System.Diagnostics;
using Rlm.Context.Files;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Commands.Comparing;

/// <summary>
/// Asks the same questions in several ways. Each run has an engine of its own, in memory, so that none answers from what another found. Two rows need no model:
/// reading all of the scope directly, and ranked search; their "right" says that the gold text stands in what the asker would have to read.
/// </summary>
internal sealed class Comparison(OpenRepository repository, Caller caller, IProgress<ContextProgress>? progress)
{
    private const int Regions = 40;
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    private int _done;

    /// <summary>Whether a model of the server's own answers, without which there is nothing to vary.</summary>
    public bool HasModel => caller.BackEnd is not ("host" or "extractive");

    /// <summary>The rows, in order: directly, ranked search, no sub-calls, then the ways to ask.</summary>
    /// <exception cref="RecursionException">A question's scope is wrong, or the model is not to be had.</exception>
    public IReadOnlyList<ComparisonRow> Run(IReadOnlyList<ComparedQuestion> questions, IReadOnlyList<Variant> variants, CancellationToken cancellationToken)
    {
        var ways = HasModel ? variants.Where(variant => variant != Variant.Alone).Prepend(Variant.Alone).ToArray() : [];
        var all = questions.Count * (ways.Length + 2);
        ComparisonRow Row(string name, Func<ComparisonRow, ComparedQuestion, ComparisonRow> ask) => questions.Aggregate(new ComparisonRow(name), (row, question) =>
        {
            progress?.Report(new(_done++, all, $"comparing: {name}") { Counted = "runs" });
            return ask(row, question);
        });
        var rows = new List<ComparisonRow> { Row("read it all", (row, question) => Directly(row, question, cancellationToken)), Row("ranked search", (row, question) => Ranked(row, question, cancellationToken)) };
        rows.AddRange(ways.Select(way => Row(way == Variant.Alone ? "no sub-calls (agent depth 0)" : way.Name, (row, question) => Asked(row, question, way, cancellationToken))));
        return rows;
    }

    private ComparisonRow Directly(ComparisonRow row, ComparedQuestion question, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var scope = ContextScope.Everything.Narrowed(question.Over);
        var units = repository.Context().Units(scope, UnitKind.Chunk, cancellationToken);
        var (characters, isRight) = (0L, question.Gold is null ? (bool?)null : false);
        foreach (var unit in units.Units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            characters += unit.Characters;
            if (isRight == false && repository.Context().Read(scope, unit, cancellationToken) is { } text) isRight = question.IsRight(text);
        }
        var skipped = units.Skipped.Where(reason => reason.Key != "empty").Select(reason => reason.Key).FirstOrDefault();
        return row.With(isRight, characters, [], skipped is null, skipped) with { Seconds = row.Seconds + Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    private ComparisonRow Ranked(ComparisonRow row, ComparedQuestion question, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var (findings, coverage) = repository.Context().Rank(ContextScope.Everything.Narrowed(question.Over), question.Task, Regions, cancellationToken);
        var text = string.Join('\n', findings.Select(finding => finding.Text));
        return row.With(question.IsRight(text), text.Length, findings, coverage.IsFull, coverage.IsFull ? null : "files were not searched") with { Seconds = row.Seconds + Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    private ComparisonRow Asked(ComparisonRow row, ComparedQuestion question, Variant way, CancellationToken cancellationToken)
    {
        using var engine = new RecursionEngine(repository.Settings.Recursion with { Folder = null }, repository.Context(), repository.Settings.BackEnds.Make);
        try
        {
            // What the asker could read by itself is asked all the same: the ways are to be compared.
            var asker = engine.CallerOf(way.Request(question), caller with { ReadsByItself = false }, cancellationToken);
            var state = engine.Start(way.Request(question), asker, cancellationToken);
            return row.With(question, engine.WaitAsync(state.Id, Long, asker, cancellationToken).GetAwaiter().GetResult());
        }
        catch (RecursionException fault) when (fault.Code != "not_available")
        {
            // This way does not fit this question (a scope too large for ask, units that there are none of): a result like any other.
            return row.With(question.IsRight(""), 0, [], isComplete: false, fault.Message);
        }
    }
}
