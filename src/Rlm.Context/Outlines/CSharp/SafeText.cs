namespace Rlm.Context.Outlines.CSharp;

/// <summary>A text that a parser may see without danger to the process: one way through <c>#if</c>, bombs emptied.</summary>
/// <param name="Text">Same length and line breaks as the original.</param>
/// <param name="IsTrimmed">True when nesting or runs had to be blanked that may have held declarations.</param>
internal readonly record struct SafeText(string Text, bool IsTrimmed)
{
    /// <summary>Nothing had to be blanked on this way but the branches not taken.</summary>
    public bool IsHarmless { get; init; }

    /// <summary>Prepares one way through a file and notes in the map what it shows. One linear pass, two when something must go.</summary>
    public static SafeText Prepare(string text, BranchMap map, bool isFirstWay, CancellationToken cancellationToken)
    {
        var (meter, chooser) = Scan(int.MaxValue, ParseLimits.Run);
        var (inner, run) = (meter.AffordableInner(), meter.AffordableRun);
        if (inner != int.MaxValue || run != ParseLimits.Run) (meter, chooser) = Scan(inner, run);
        chooser.Commit();
        map.Update();
        var visible = BlankRange.Apply(text, chooser.Blanks);
        return new SafeText(BlankRange.Apply(visible, meter.Blanks), meter.IsLossy) { IsHarmless = meter.Blanks.Count == 0 };

        (NestingMeter, BranchChooser) Scan(int maxInner, int maxRun)
        {
            var nesting = new NestingMeter(maxInner, maxRun);
            var branches = new BranchChooser(map, isFirstWay);
            new SourceScanner(text, nesting, branches, cancellationToken).Scan();
            return (nesting, branches);
        }
    }
}
