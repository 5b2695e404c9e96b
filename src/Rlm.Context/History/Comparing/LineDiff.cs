namespace Rlm.Context.History.Comparing;

/// <summary>
/// Lines that differ between two texts: Myers' algorithm (An O(ND) Difference Algorithm, 1986) in its linear-space form, after common ends and lines that only one side has
/// were set aside, as git does. Where several answers are equally short, <see cref="BlockSliding"/> chooses as git does.
/// <code>
/// a b c   ->   a x c        one hunk: old 2,1 new 2,1
/// </code>
/// </summary>
internal sealed class LineDiff
{
    // Beyond this many steps a part is taken as wholly different: texts that have little in common have no diff worth waiting for.
    private const int MaxCost = 3_000;

    private readonly ulong[] _old, _new;
    private readonly bool[] _removed, _added;
    private int[] _oldPlaces = [], _newPlaces = [];
    private ulong[] _a = [], _b = [];
    private int[] _forward = [], _backward = [];

    private LineDiff(ulong[] old, ulong[] now) => (_old, _new, _removed, _added) = (old, now, new bool[old.Length], new bool[now.Length]);

    /// <summary>The hunks, in order, without any lines around.</summary>
    /// <param name="old">A hash for each line of the old text.</param>
    /// <param name="now">A hash for each line of the new text.</param>
    /// <param name="oldIndents">The indentation of each line of the old text; -1 for a blank one.</param>
    /// <param name="newIndents">The same of the new text.</param>
    public static IReadOnlyList<LineHunk> Compare(ulong[] old, ulong[] now, int[] oldIndents, int[] newIndents)
    {
        var diff = new LineDiff(old, now);
        diff.Mark();
        new BlockSliding(diff._removed, old, oldIndents, diff._added).Run();
        new BlockSliding(diff._added, now, newIndents, diff._removed).Run();
        return diff.Hunks();
    }

    /// <summary>The hunks between two texts.</summary>
    public static IReadOnlyList<LineHunk> Compare(TextVersion old, TextVersion now) => Compare(old.Hashes, now.Hashes, old.Indents, now.Indents);

    private void Mark()
    {
        int start = 0, oldEnd = _old.Length, newEnd = _new.Length;
        while (start < oldEnd && start < newEnd && _old[start] == _new[start]) start++;
        while (oldEnd > start && newEnd > start && _old[oldEnd - 1] == _new[newEnd - 1]) (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);
        (_oldPlaces, _newPlaces) = (Shared(_old, start, oldEnd, _new, start, newEnd, _removed), Shared(_new, start, newEnd, _old, start, oldEnd, _added));
        (_a, _b) = (Array.ConvertAll(_oldPlaces, place => _old[place]), Array.ConvertAll(_newPlaces, place => _new[place]));
        var diagonals = _a.Length + _b.Length + 3;
        (_forward, _backward) = (new int[diagonals * 2], new int[diagonals * 2]);
        Compare(0, _a.Length, 0, _b.Length);
    }

    // The places of lines that the other side has too; the others are marked at once.
    private static int[] Shared(ulong[] lines, int start, int end, ulong[] others, int otherStart, int otherEnd, bool[] marks)
    {
        var known = new HashSet<ulong>(others.AsSpan(otherStart, otherEnd - otherStart).ToArray());
        var places = new List<int>();
        for (var at = start; at < end; at++)
            if (known.Contains(lines[at])) places.Add(at);
            else marks[at] = true;
        return [.. places];
    }

    private void Compare(int aStart, int aEnd, int bStart, int bEnd)
    {
        while (aStart < aEnd && bStart < bEnd && _a[aStart] == _b[bStart]) (aStart, bStart) = (aStart + 1, bStart + 1);
        while (aEnd > aStart && bEnd > bStart && _a[aEnd - 1] == _b[bEnd - 1]) (aEnd, bEnd) = (aEnd - 1, bEnd - 1);
        if (aStart == aEnd || bStart == bEnd || Middle(aStart, aEnd, bStart, bEnd) is not { } middle)
        {
            for (var at = aStart; at < aEnd; at++) _removed[_oldPlaces[at]] = true;
            for (var at = bStart; at < bEnd; at++) _added[_newPlaces[at]] = true;
            return;
        }
        Compare(aStart, middle.A, bStart, middle.B);
        Compare(middle.A, aEnd, middle.B, bEnd);
    }

    // A point that some shortest way goes through, searched from both ends; null when there is none within the cost.
    private (int A, int B)? Middle(int aStart, int aEnd, int bStart, int bEnd)
    {
        int width = aEnd - aStart, height = bEnd - bStart, delta = width - height, zero = height + 1;
        var isOdd = (delta & 1) != 0;
        var most = Math.Min((width + height + 1) / 2, MaxCost);
        _forward[zero + 1] = 0;
        _backward[zero + 1] = 0;
        for (var cost = 0; cost <= most; cost++)
        {
            for (var k = LeastDiagonal(cost, height); k <= MostDiagonal(cost, width); k += 2)
            {
                var x = k == -cost || (k != cost && At(_forward, zero + k - 1, k - 1, cost, width, height) < At(_forward, zero + k + 1, k + 1, cost, width, height)) ? _forward[zero + k + 1] : _forward[zero + k - 1] + 1;
                var begun = x;
                for (var y = x - k; x < width && y >= 0 && y < height && _a[aStart + x] == _b[bStart + y]; y++) x++;
                _forward[zero + k] = x;
                var opposite = delta - k;
                if (isOdd && Math.Abs(opposite) <= cost - 1 && opposite >= -height && opposite <= width && x + _backward[OppositeOf(opposite, height)] >= width && x - k <= height && x <= width) return Inside(aStart + begun, bStart + begun - k, aStart + x, bStart + x - k, aStart, aEnd, bStart, bEnd);
            }
            for (var k = LeastDiagonal(cost, height); k <= MostDiagonal(cost, width); k += 2)
            {
                var at = OppositeOf(k, height);
                var x = k == -cost || (k != cost && At(_backward, at - 1, k - 1, cost, width, height) < At(_backward, at + 1, k + 1, cost, width, height)) ? _backward[at + 1] : _backward[at - 1] + 1;
                var begun = x;
                for (var y = x - k; x < width && y >= 0 && y < height && _a[aEnd - 1 - x] == _b[bEnd - 1 - y]; y++) x++;
                _backward[at] = x;
                var opposite = delta - k;
                if (!isOdd && Math.Abs(opposite) <= cost && opposite >= -height && opposite <= width && x + _forward[zero + opposite] >= width && x - k <= height && x <= width) return Inside(aEnd - x, bEnd - x + k, aEnd - begun, bEnd - begun + k, aStart, aEnd, bStart, bEnd);
            }
        }
        return null;
    }

    private static int OppositeOf(int diagonal, int height) => height + 1 + diagonal;

    // Diagonals of the same parity as the cost that touch the rectangle at all.
    private static int LeastDiagonal(int cost, int height) => cost <= height ? -cost : -height + ((cost - height) & 1);

    private static int MostDiagonal(int cost, int width) => cost <= width ? cost : width - ((cost - width) & 1);

    private static int At(int[] ways, int place, int diagonal, int cost, int width, int height) =>
        diagonal < LeastDiagonal(cost - 1, height) || diagonal > MostDiagonal(cost - 1, width) ? -1 : ways[place];

    // Of a run of equal lines either end will do, as long as both halves are smaller than the whole.
    private static (int A, int B)? Inside(int a, int b, int aRun, int bRun, int aStart, int aEnd, int bStart, int bEnd)
    {
        if ((a, b) != (aStart, bStart) && (a, b) != (aEnd, bEnd) && a >= aStart && b >= bStart) return (a, b);
        return (aRun, bRun) != (aStart, bStart) && (aRun, bRun) != (aEnd, bEnd) ? (aRun, bRun) : null;
    }

    private List<LineHunk> Hunks()
    {
        var hunks = new List<LineHunk>();
        int old = 0, now = 0;
        while (old < _old.Length || now < _new.Length)
        {
            int oldStart = old, newStart = now;
            while (old < _old.Length && _removed[old]) old++;
            while (now < _new.Length && _added[now]) now++;
            if (old > oldStart || now > newStart) hunks.Add(new(oldStart + 1, old - oldStart, newStart + 1, now - newStart));
            else (old, now) = (old + 1, now + 1);
        }
        return hunks;
    }
}
