namespace Rlm.Context.Outlines.CSharp;

/// <summary>A stretch that the parser sees as blanks: offsets from 0, half-open.</summary>
/// <param name="Start">First offset.</param>
/// <param name="End">Offset behind the last.</param>
/// <param name="NeedsFiller">A <c>0</c> stands in it, since brackets of an expression may not be empty.</param>
internal readonly record struct BlankRange(int Start, int End, bool NeedsFiller)
{
    /// <summary>The text with all ranges blanked; same length, same line breaks.</summary>
    public static string Apply(string text, IReadOnlyList<BlankRange> ranges) =>
        ranges.Count == 0 ? text : string.Create(text.Length, (text, ranges), static (target, state) =>
        {
            state.text.CopyTo(target);
            foreach (var range in state.ranges)
            {
                var stretch = target[range.Start..range.End];
                for (var at = 0; at < stretch.Length; at++)
                    if (stretch[at] is not ('\n' or '\r')) stretch[at] = ' ';
                var filler = range.NeedsFiller ? stretch.IndexOf(' ') : -1;
                if (filler >= 0) stretch[filler] = '0';
            }
        });
}
