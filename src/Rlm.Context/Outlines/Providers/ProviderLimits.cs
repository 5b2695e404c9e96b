namespace Rlm.Context.Outlines.Providers;

/// <summary>What one run of a provider may take.</summary>
internal static class ProviderLimits
{
    /// <summary>Texts of one batch, in bytes. Measured with ast-grep: a start costs 10 ms, a megabyte of source 150 ms.</summary>
    public const int BatchBytes = 2 << 20;

    /// <summary>Texts of one batch.</summary>
    public const int BatchFiles = 400;

    /// <summary>One line of output; a match comes with its text three times over.</summary>
    public const int LineBytes = 64 << 20;

    /// <summary>All complaints of a run that are kept.</summary>
    public const int ComplaintBytes = 16 << 10;

    /// <summary>Processor seconds after which the system itself ends a run, should this process be gone.</summary>
    public const int ProcessorSeconds = 120;

    /// <summary>How long a run may take: many times what it ever took on a busy machine.</summary>
    public static TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds(10 + (bytes / (1 << 20) * 10));

    /// <summary>How much a run may write. Source nested 20 deep comes to 60 times its size.</summary>
    public static long OutputFor(long bytes) => (64L << 20) + (bytes * 200);
}
