namespace Rlm.Context.Tests.Files;

/// <summary>How many cases a property test runs: all with <c>RLM_TEST_LONG=1</c>, else a twentieth.</summary>
internal static class TestScale
{
    // The short run is the same every time, so that a red run is a change's own; the long run looks further each time.
    private static int StandardSeed => IsLong ? Random.Shared.Next() : 20_261_121;

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1";

    public static int Cases(int full) => Cases(full, Math.Max(1, full / 20));

    /// <summary>For cases that are dear: a count of its own for the short run.</summary>
    public static int Cases(int full, int brief) => IsLong ? full : brief;

    /// <summary>A seed for this run, to be printed when a case fails; <c>RLM_TEST_SEED</c> repeats one.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("RLM_TEST_SEED"), out var seed) ? seed : StandardSeed;
}
