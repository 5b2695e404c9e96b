namespace Rlm.Recursion.Tests;

/// <summary>How often a property is tried: in full with <c>RLM_TEST_LONG=1</c>, else a twentieth.</summary>
internal static class Rounds
{
    public static int Of(int full) => Environment.GetEnvironmentVariable("RLM_TEST_LONG") == "1" ? full : Math.Max(1, full / 20);
}
