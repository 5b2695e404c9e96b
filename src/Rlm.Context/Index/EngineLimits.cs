namespace Rlm.Context.Index;

/// <summary>How much <see cref="OwnEngine"/> gathers in memory before it becomes a segment. Smaller means less memory while writing, and more segments to merge.</summary>
internal sealed record EngineLimits
{
    /// <summary>Trigrams of files: at the peak eight bytes each. From 1 to 2^28; 8 million by default.</summary>
    public int MaxPairs
    {
        get;
        init => field = Checked(value);
    } = 8 << 20;

    /// <summary>Terms in units: at the peak twelve bytes each, and about 20 for each different term or name. From 1 to 2^28; 4 million by default.</summary>
    public int MaxPostings
    {
        get;
        init => field = Checked(value);
    } = 4 << 20;

    private static int Checked(int value) => value is >= 1 and <= 1 << 28 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 to 2^28.");
}
