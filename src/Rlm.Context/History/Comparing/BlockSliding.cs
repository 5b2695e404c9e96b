namespace Rlm.Context.History.Comparing;

/// <summary>
/// Moves blocks of changed lines to where a reader expects them: a block may slide up or down while what enters at one end equals what leaves at the other. It is lined up
/// with a block of the other side where it can be, else put where blank lines and indentation say that something begins: git's indent heuristic (xdiff/xdiffi.c,
/// <c>xdl_change_compact</c>; its weights were fitted to hand-rated diffs), so that blame agrees with git's on braces and blank lines.
/// </summary>
internal sealed class BlockSliding(bool[] marks, ulong[] lines, int[] indents, bool[] others)
{
    private const int MaxSliding = 100;

    // Blocks and gaps alternate, so "no block" between two lines is a block of no lines: both sides have as many of them.
    private int _start, _end, _otherStart, _otherEnd;

    /// <summary>Slides all blocks of one side.</summary>
    public void Run()
    {
        First(marks, out _start, out _end);
        First(others, out _otherStart, out _otherEnd);
        while (true)
        {
            if (_end > _start) Place();
            if (!Next(marks, ref _start, ref _end)) return;
            Next(others, ref _otherStart, ref _otherEnd);
        }
    }

    private void Place()
    {
        int size, earliest, matching;
        do
        {
            size = _end - _start;
            while (SlideUp()) Previous(others, ref _otherStart, ref _otherEnd);
            earliest = _end;
            matching = _otherEnd > _otherStart ? _end : -1;
            while (SlideDown())
            {
                Next(others, ref _otherStart, ref _otherEnd);
                if (_otherEnd > _otherStart) matching = _end;
            }
        }
        while (size != _end - _start); // it met another block and is one with it
        if (_end == earliest) return;
        var wanted = matching >= 0 ? matching : Best(size, earliest);
        while (_end > wanted && SlideUp()) Previous(others, ref _otherStart, ref _otherEnd);
    }

    private int Best(int size, int earliest)
    {
        var (best, bestScore) = (-1, default(SplitScore));
        for (var end = Math.Max(earliest, Math.Max(_end - size - 1, _end - MaxSliding)); end <= _end; end++)
        {
            var score = SplitScore.At(indents, end) + SplitScore.At(indents, end - size);
            if (best >= 0 && score.IsWorseThan(bestScore)) continue;
            (best, bestScore) = (end, score);
        }
        return best;
    }

    private bool SlideDown()
    {
        if (_end == lines.Length || lines[_start] != lines[_end]) return false;
        (marks[_start++], marks[_end++]) = (false, true);
        while (_end < lines.Length && marks[_end]) _end++;
        return true;
    }

    private bool SlideUp()
    {
        if (_start == 0 || lines[_start - 1] != lines[_end - 1]) return false;
        (marks[--_start], marks[--_end]) = (true, false);
        while (_start > 0 && marks[_start - 1]) _start--;
        return true;
    }

    private static void First(bool[] marks, out int start, out int end)
    {
        (start, end) = (0, 0);
        while (end < marks.Length && marks[end]) end++;
    }

    private static bool Next(bool[] marks, ref int start, ref int end)
    {
        if (end == marks.Length) return false;
        (start, end) = (end + 1, end + 1);
        while (end < marks.Length && marks[end]) end++;
        return true;
    }

    private static void Previous(bool[] marks, ref int start, ref int end)
    {
        if (start == 0) return;
        (start, end) = (start - 1, start - 1);
        while (start > 0 && marks[start - 1]) start--;
    }
}
