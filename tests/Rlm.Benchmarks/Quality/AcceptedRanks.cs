using System.Globalization;

namespace Rlm.Benchmarks.Quality;

/// <summary>
/// The ranks that were last accepted, one line a question, so that a change of the ranking shows in review as changed lines. Ranks beyond ten are <c>-</c>.
/// They are those of the engine that the program uses; any other engine is only printed.
/// </summary>
internal sealed class AcceptedRanks
{
    private readonly string _path = Path.Join(GoldenFile.Folder, "quality.golden.txt");
    private readonly SortedDictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads what was accepted; empty at first.</summary>
    public AcceptedRanks()
    {
        if (!File.Exists(_path)) return;
        List<string>? section = null;
        foreach (var line in File.ReadLines(_path))
            if (line.StartsWith("# ", StringComparison.Ordinal)) _sections[line] = section = [];
            else if (line.Length > 0) section?.Add(line);
    }

    /// <summary>Puts new ranks in the place of the accepted ones and prints what differs; gives the number of differing lines.</summary>
    public int Replace(GoldenFile file, string engine, IReadOnlyList<AskedQuestion> asked)
    {
        var head = $"# {file.Repository} {engine}";
        List<string> lines = [.. asked.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Rank?.ToString(CultureInfo.InvariantCulture) ?? "-",2} {one.Question.Text}"))];
        var before = _sections.GetValueOrDefault(head, []);
        _sections[head] = lines;
        string[] gone = [.. before.Except(lines)], come = [.. lines.Except(before)];
        if (before.Count == 0) return come.Length; // nothing to compare with
        foreach (var line in gone) Console.Error.WriteLine($"  was {line}");
        foreach (var line in come) Console.Error.WriteLine($"  is  {line}");
        return gone.Length + come.Length;
    }

    /// <summary>Writes the file.</summary>
    public void Save() => File.WriteAllText(_path, string.Join("\n", _sections.Select(section => section.Key + "\n" + string.Concat(section.Value.Select(line => line + "\n")))));
}
