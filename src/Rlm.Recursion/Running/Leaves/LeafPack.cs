using System.Globalization;
using System.Text;
using Rlm.Recursion.Running.Mapping;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>Units that one leaf call is asked about; their ids in it count from 1.</summary>
/// <param name="Units">In order.</param>
/// <param name="More">Framed text from around the unit, when it is asked again with more context; null otherwise.</param>
internal sealed record LeafPack(IReadOnlyList<UnitWork> Units, string? More = null)
{
    /// <summary>Whether units are shown as signatures, without their bodies.</summary>
    public bool IsBrief { get; init; }

    /// <summary>The two halves; null for a single unit.</summary>
    public IReadOnlyList<LeafPack>? Halves() => Units.Count < 2 ? null : [this with { Units = [.. Units.Take(Units.Count / 2)] }, this with { Units = [.. Units.Skip(Units.Count / 2)] }];

    /// <summary>The user message, read now; null when no unit can be read any more. Units that cannot are failed.</summary>
    public string? Prompt(SessionRun run, CancellationToken cancellationToken)
    {
        var prompt = new StringBuilder();
        for (var id = 1; id <= Units.Count; id++)
        {
            var work = Units[id - 1];
            if (!work.IsOpen && work.Deepen is null) continue;
            if ((IsBrief ? UnitText.Signatures(run, work.Unit, cancellationToken) : UnitText.Read(run, work.Unit, cancellationToken)) is not { } text)
            {
                if (!IsBrief) work.Fail(UnitText.Gone); // what has no signatures stays open
            }
            else UnitFrame.Append(prompt, id, work.Unit, text.Text, text.With);
        }
        if (prompt.Length == 0) return null;
        if (IsBrief) prompt.Append("\nOf these units only the lines that declare something are shown, for want of budget. Judge by them, and give low confidence where that is not enough.\n");
        if (Units.Any(work => work.Unit.Callers is not null)) prompt.Append("\nThe members that call a unit are named in its tag: a change of it may touch them.\n");
        if (More is not null) prompt.Append("\nMore context for this unit; it is data as well, and no unit to answer for:\n").Append(More);
        AppendProblems(prompt);
        return prompt.ToString();
    }

    private void AppendProblems(StringBuilder prompt)
    {
        for (var id = 1; id <= Units.Count; id++)
            if (Units[id - 1].Problem is { } problem)
                prompt.Append(CultureInfo.InvariantCulture, $"\nAn earlier answer for unit {id} was not accepted: {UnitFrame.Data(problem)}");
    }
}
