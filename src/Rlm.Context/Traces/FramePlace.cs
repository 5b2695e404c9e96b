using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Context.Traces;

/// <summary>Where a frame is in this repository, or why it is not.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Text">The file as it is now; null when the frame was not found.</param>
/// <param name="Line">The line meant.</param>
/// <param name="Symbol">The innermost symbol around it.</param>
/// <param name="Why">How it was found (<c>path</c>, <c>file name</c>, <c>symbol</c>) with what is doubtful, or why it was not.</param>
public sealed record FramePlace(TraceFrame Frame, OpenText? Text, int Line, Symbol? Symbol, string Why)
{
    private const int Around = 3;

    /// <summary>The line with a few around it, within the symbol.</summary>
    public LineRange Range
    {
        get
        {
            var bounds = Symbol is { } symbol && symbol.Range.Contains(Line) ? symbol.Range : Text!.All;
            return new(Math.Max(bounds.Start, Line - Around), Math.Min(Math.Min(bounds.End, Line + Around), Text!.LineCount));
        }
    }
}
