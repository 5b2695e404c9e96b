namespace Rlm.Context.Traces;

/// <summary>What became of a pasted trace.</summary>
/// <param name="Found">Frames that are here, in the trace's order; each place once.</param>
/// <param name="Missing">Frames that are not, each name once.</param>
/// <param name="Frames">How many frames there were.</param>
/// <param name="LinesLeft">Lines of the text beyond the limit, not looked at.</param>
/// <param name="FramesLeft">Frames that were not looked up any more.</param>
public sealed record TraceResult(IReadOnlyList<FramePlace> Found, IReadOnlyList<FramePlace> Missing, int Frames, int LinesLeft, int FramesLeft);
