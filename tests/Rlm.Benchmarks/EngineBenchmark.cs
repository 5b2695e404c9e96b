using System.Diagnostics;
using System.Globalization;

namespace Rlm.Benchmarks;

/// <summary>
/// Every engine that this build has, with the same files, trigrams, units and questions: each round builds with one after the other, in a process of its own, and asks in another
/// (<see cref="EngineRun"/>). Prints a table of medians.
/// </summary>
internal static class EngineBenchmark
{
    public static int Run(string folder, int rounds)
    {
        var values = new Dictionary<(string What, string Engine), List<double>>();
        var order = new List<string>();
        for (var round = 0; round < rounds; round++)
            foreach (var engine in EngineRun.Names)
                foreach (var (what, value) in Measured(folder, engine))
                {
                    if (!order.Contains(what)) order.Add(what);
                    if (!values.TryGetValue((what, engine), out var all)) values[(what, engine)] = all = [];
                    all.Add(value);
                }
        Console.Error.WriteLine($"| median of {rounds} | {string.Join(" | ", EngineRun.Names)} | {EngineRun.Names[^1]} by own |");
        Console.Error.WriteLine($"| --- | {string.Concat(EngineRun.Names.Select(_ => "---: | "))}---: |");
        foreach (var what in order)
        {
            var medians = EngineRun.Names.Select(engine => values.TryGetValue((what, engine), out var all) ? all.Order().ElementAt(all.Count / 2) : double.NaN).ToArray();
            Console.Error.WriteLine($"| {what} | {string.Join(" | ", medians.Select(median => double.IsNaN(median) ? "" : median.ToString("g3", CultureInfo.InvariantCulture)))} | {medians[^1] / medians[1]:f1} |");
        }
        return 0;
    }

    private static List<(string, double)> Measured(string folder, string engine)
    {
        var place = Directory.CreateTempSubdirectory("rlm-engine-").FullName;
        try
        {
            return [.. Child("build", engine, folder, place), .. engine == EngineRun.Nothing ? [] : Child("ask", engine, place)];
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static List<(string, double)> Child(params string[] phase)
    {
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(EngineBenchmark).Assembly.Location] : [];
        using var child = Process.Start(new ProcessStartInfo(program, [.. host, "engine", .. phase]) { RedirectStandardError = true })!;
        var lines = child.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        if (child.ExitCode != 0) throw new InvalidOperationException(string.Join('\n', lines));
        return [.. lines.Select(line => line.Split('\t')).Select(parts => (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }
}
