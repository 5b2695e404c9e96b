namespace Rlm.Mcp.Tests.Tools;

/// <summary>How many cases a property test runs: all with <c>RLM_TEST_LONG=1</c>, else a twentieth.</summary>
internal static class TestScale
{
    // The short run is the same every time, so that a red run is a change's own; the long run looks further each time.
    private static int StandardSeed => IsLong ? Random.Shared.Next() : 20_261_121;

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1";

    public static int Cases(int full) => IsLong ? full : Math.Max(1, full / 20);

    /// <summary>Runs a body for each case with a random source of its own; a failure names the seed that repeats it alone.</summary>
    public static void ForAll(int full, Action<Random> body)
    {
        var given = Environment.GetEnvironmentVariable("RLM_TEST_SEED");
        var first = int.TryParse(given, out var seed) ? seed : StandardSeed;
        var cases = given is null ? Cases(full) : 1;
        for (var index = 0; index < cases; index++)
            try
            {
                body(new Random(first + index));
            }
            catch (Exception fault) when (!fault.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"RLM_TEST_SEED={first + index}: {fault.Message}", fault);
            }
    }
}
