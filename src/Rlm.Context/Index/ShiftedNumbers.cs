using Rlm.Context.Index.Segments;

namespace Rlm.Context.Index;

/// <summary>The numbers that units or symbols of one segment get in a merged one. Quick when they are asked for in ascending order. For one thread.</summary>
/// <param name="firsts">The first number of each content, and behind the last the end.</param>
/// <param name="shifts">For each content, what to add; <see cref="Gone"/> when it is dead.</param>
internal sealed class ShiftedNumbers(int[] firsts, int[] shifts)
{
    /// <summary>Stands for the numbers of dead contents.</summary>
    public const int Gone = int.MinValue;

    private int _content;

    /// <summary>The new number; negative when it is dead.</summary>
    public int Of(int number)
    {
        if (number < firsts[_content] || number >= firsts[_content + 1]) _content = Find(number);
        return shifts[_content] == Gone ? -1 : number + shifts[_content];
    }

    private int Find(int number)
    {
        if (number < firsts[_content]) _content = 0;
        // Most are near the one before (exponential search; Bentley and Yao 1976).
        var (low, step) = (_content, 1);
        while (low + step < firsts.Length && firsts[low + step] <= number) (low, step) = (low + step, step * 2);
        var end = Math.Min(low + step, firsts.Length - 1);
        return low + ContentTable.ContentOf(firsts.AsSpan(low..(end + 1)), number);
    }
}
