using System.Diagnostics;

namespace Rlm.Benchmarks;

/// <summary>Times two actions in turn, A B A B, so that a machine that slows down slows both, and prints medians and their ratio.</summary>
internal static class Pairs
{
    public static void Report(string what, int rounds, (string Name, Action Run) a, (string Name, Action Run) b) =>
        ReportTimed(what, rounds, (a.Name, () => Time(a.Run)), (b.Name, () => Time(b.Run)));

    /// <summary>The same for actions that take their own time, in milliseconds.</summary>
    public static void ReportTimed(string what, int rounds, (string Name, Func<double> Run) a, (string Name, Func<double> Run) b)
    {
        a.Run();
        b.Run();
        double[] first = new double[rounds], second = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            first[round] = a.Run();
            second[round] = b.Run();
        }
        Array.Sort(first);
        Array.Sort(second);
        Console.Error.WriteLine($"{what}: {a.Name} median {first[rounds / 2]:f0} ms ({first[0]:f0} to {first[^1]:f0}), {b.Name} median {second[rounds / 2]:f0} ms ({second[0]:f0} to {second[^1]:f0}), ratio {first[rounds / 2] / second[rounds / 2]:f2}");
    }

    public static double Time(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
