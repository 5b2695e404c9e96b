namespace Rlm.Benchmarks.Quality;

/// <summary>Questions over one pinned state of a public repository, read from a text file that is reviewed like code. Its head says what counts as a hit.</summary>
/// <param name="Repository"><c>owner/name</c> on GitHub.</param>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Questions">In the order of the file.</param>
internal sealed record GoldenFile(string Repository, string Commit, IReadOnlyList<GoldenQuestion> Questions)
{
    private static readonly string[] Kinds = ["question", "names", "vague"];

    /// <summary>The folder of the golden files in the source tree, since accepted ranks are written beside them.</summary>
    public static string Folder => Path.Join(Programs.RepositoryRoot(), "tests", "Rlm.Benchmarks", "Quality");

    /// <summary>The name without its owner.</summary>
    public string Name => Repository[(Repository.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>All golden files, by name.</summary>
    /// <exception cref="FormatException">A line is not of the form; the message names it.</exception>
    public static IReadOnlyList<GoldenFile> LoadAll() => [.. Directory.EnumerateFiles(Folder, "*.tsv").Order(StringComparer.Ordinal).Select(Load)];

    private static GoldenFile Load(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.FirstOrDefault()?.Split(' ') is not ["#", "repository", var repository, "commit", { Length: 40 } commit]) throw new FormatException($"{path}: the first line must be '# repository OWNER/NAME commit HASH'");
        var questions = lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => Parse(path, line)).ToArray();
        if (questions.GroupBy(question => question.Text).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new FormatException($"{path}: asked twice: {twice.Key}");
        return new(repository, commit, questions);
    }

    private static GoldenQuestion Parse(string path, string line) =>
        line.Split('\t') is [var kind, var text, var answers] && Kinds.Contains(kind) && answers.Split('|') is { Length: >= 1 and <= 3 } places && places.All(place => place.Contains('#', StringComparison.Ordinal))
            ? new(kind, text, places)
            : throw new FormatException($"{path}: not 'kind TAB question TAB path#symbol|…': {line}");
}
