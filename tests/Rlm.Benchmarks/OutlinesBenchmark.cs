using System.Diagnostics;
using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Index.Building;
using Rlm.Context.Outlines;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Benchmarks;

/// <summary>
/// Outlines through ast-grep of all files of a folder: our time beside the bare program's on the same texts, turn by turn, and how many functions have the same first and last line.
/// <code>
/// ./rlm bench outlines FOLDER [ROUNDS]
/// </code>
/// </summary>
internal static class OutlinesBenchmark
{
    public static int Run(string folder, int rounds)
    {
        if (AstGrepProgram.Find(ProviderFolder()) is not { } program || !program.IsGenuine())
        {
            Report("ast-grep is not installed: ./rlm doctor --install");
            return 1;
        }
        var outliner = new AstGrepOutliner(program);
        using var store = new ContextStore(new ContextOptions { Root = folder, UsesIndex = false, ProviderFolder = ProviderFolder() });
        var files = store.Current(null, CancellationToken.None).Files.Where(file => !file.IsLarge && outliner.Knows(file.Language) && file.Stamp.Bytes <= 3_000_000).ToArray();
        var items = files.Select(file => store.Open(file.Path, CancellationToken.None)).OfType<WholeText>().Select(text => new OutlineItem(text.Path, text.Language, text.Text)).ToArray();
        var bytes = items.Sum(item => (long)item.Text.Text.Length);
        using var texts = Copies(items, out var configuration);
        Report($"{items.Length:N0} files, {bytes / 1e6:0.0} MB");
        IReadOnlyList<Outline>? outlines = null;
        for (var round = 0; round < rounds; round++)
        {
            var (clock, before) = (Stopwatch.StartNew(), ProcessorTime.Now);
            var written = RawNodes.Scan(program, configuration, texts.Texts, bytes);
            var (bare, bareWork) = (clock.Elapsed, ProcessorTime.Now - before);
            (clock, before) = (Stopwatch.StartNew(), ProcessorTime.Now);
            outlines = Outlines(items, new OutlineProviders([outliner]));
            var work = ProcessorTime.Now - before;
            Report(string.Create(CultureInfo.InvariantCulture, $"round {round}: bare {bare.TotalSeconds:0.00} s ({written / 1e6:0} MB of answers), ours {clock.Elapsed.TotalSeconds:0.00} s, ratio {clock.Elapsed / bare:0.00}, of processor time {work / bareWork:0.00} ({bareWork.TotalSeconds:0.00} s, {work.TotalSeconds:0.00} s), {outlines.Sum(outline => outline.All.Count()):N0} symbols"));
        }
        Phases(items, program, bytes);
        Compare(items, outlines!, RawNodes.Read(program, configuration, texts.Texts, bytes));
        return 0;
    }

    // Where the time goes, one thing after another on one thread.
    private static void Phases(OutlineItem[] items, AstGrepProgram program, long bytes)
    {
        var clock = Stopwatch.StartNew();
        using var texts = Copies(items, out _);
        var copies = clock.Elapsed;
        texts.Write("rules", "rules.yml", AstGrepRules.For(items.Select(HeaderLanguage.Of).Distinct()));
        var configuration = texts.Write("", "sgconfig.yml", "ruleDirs: [rules]\n");
        var lines = new List<byte[]>();
        clock.Restart();
        ProviderProcess.Run(new(program.Path, ["scan", "--config", configuration, "--json=stream", "."], texts.Texts, bytes * 2), line => lines.Add(line.ToArray()), CancellationToken.None);
        var scan = clock.Elapsed;
        clock.Restart();
        var matches = lines.Select(line => AstGrepLine.Read(line)).ToLookup(match => match.File);
        var parse = clock.Elapsed;
        clock.Restart();
        for (var at = 0; at < items.Length; at++) AstGrepReader.Read(items[at], System.Text.Encoding.UTF8.GetByteCount(items[at].Text.Text), matches[at]);
        Report(string.Create(CultureInfo.InvariantCulture, $"copies {copies.TotalSeconds:0.00} s, one scan by our rules {scan.TotalSeconds:0.00} s ({lines.Sum(line => (long)line.Length) / 1e6:0} MB), parsing {parse.TotalSeconds:0.00} s, symbols {clock.Elapsed.TotalSeconds:0.00} s"));
    }

    // As the index does: batches by the megabyte on as many threads as there are processors.
    private static Outline[] Outlines(OutlineItem[] items, OutlineProviders providers)
    {
        var outlines = new Outline[items.Length];
        var batches = OutlineBatches.Of(Enumerable.Range(0, items.Length), at => (items[at].Language, items[at].Text.Text.Length), providers);
        Parallel.ForEach(batches, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, batch =>
        {
            var made = providers.OutlineAll([.. batch.Select(at => items[at])], CancellationToken.None);
            for (var at = 0; at < batch.Count; at++) outlines[batch[at]] = made[at];
        });
        return outlines;
    }

    private static BatchFolder Copies(OutlineItem[] items, out string configuration)
    {
        var folder = new BatchFolder();
        for (var at = 0; at < items.Length; at++) folder.WriteText(NameOf(items[at], at), System.Text.Encoding.UTF8.GetBytes(items[at].Text.Text));
        configuration = folder.Write("", "sgconfig.yml", "ruleDirs: []\n");
        return folder;
    }

    private static string NameOf(OutlineItem item, int at) => string.Create(CultureInfo.InvariantCulture, $"{at}.{AstGrepRules.EndingOf(HeaderLanguage.Of(item))}");

    // A decorator or template above a function is part of our symbol, so its first line may be higher; the name is not.
    private static void Compare(OutlineItem[] items, IReadOnlyList<Outline> outlines, ILookup<string, (int Start, int End)> raw)
    {
        foreach (var language in Enumerable.Range(0, items.Length).GroupBy(at => items[at].Language).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var (functions, same, exact, partial) = (0, 0, 0, 0);
            var examples = new List<string>();
            foreach (var at in language)
            {
                var ours = outlines[at].All.ToList();
                if (outlines[at].Partial is not null) partial++;
                foreach (var (start, end) in raw[NameOf(items[at], at)])
                {
                    functions++;
                    var found = ours.FindIndex(symbol => symbol.Range.Start == start && symbol.Range.End == end);
                    if (found >= 0) exact++;
                    else found = ours.FindIndex(symbol => symbol.Range.Start < start && symbol.Range.End == end && symbol.NameLine >= start && symbol.NameLine - start < 3);
                    if (found >= 0) same++;
                    else if (examples.Count < 3) examples.Add($"{items[at].Path.Value}:{start}-{end}");
                    if (found >= 0) ours.RemoveAt(found);
                }
            }
            Report(string.Create(CultureInfo.InvariantCulture, $"{language.Key,-11} {language.Count(),5:N0} files {functions,6:N0} functions, {(functions == 0 ? 1 : (double)same / functions):0.0000} the same ({functions - same} not; {same - exact} begin with an attribute), {partial} files in part {string.Join(' ', examples)}"));
        }
    }

    private static string ProviderFolder() => Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"), "rlm-mcp", "providers");

    private static void Report(string line) => Console.Error.WriteLine(line);
}
