using System.Globalization;
using System.Text;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>
/// Outlines of many languages by tree-sitter's grammars, through the program <c>ast-grep</c> and our own rules. A batch of texts is copied into a private folder under numbers for
/// names, the folder is scanned by one process, and what it finds becomes symbols:
/// <code>
/// texts/00000.py  texts/00001.go …   ->   {"file":"./00000.py","ruleId":"python.function","range":…,"metaVariables":…}
/// </code>
/// A batch that fails is halved (<see cref="BatchRuns{T}"/>).
/// </summary>
internal sealed class AstGrepOutliner(AstGrepProgram program) : IBatchProvider
{
    /// <summary>The provider's word.</summary>
    public const string ProviderName = "ast-grep";

    // Larger files it may leave out without a word.
    private const int MostBytes = 3_000_000;

    private static readonly string[] ReadsAll = [.. ((ReadOnlySpan<string>)["hidden", "dot", "exclude", "global", "parent", "vcs"]).ToArray().SelectMany(kind => (string[])["--no-ignore", kind])];

    public string Name => ProviderName;

    public string Way { get; } = $"{ProviderName} {AstGrepRelease.Version} {AstGrepRules.Version}";

    public bool Knows(string language) => AstGrepRules.EndingOf(language) is not null;

    public bool IsUsable() => program.IsGenuine();

    public bool IsRefused => program.IsRefused;

    public IReadOnlyList<ProviderAnswer> Outline(IReadOnlyList<OutlineItem> items, CancellationToken cancellationToken)
    {
        var runs = new BatchRuns<byte[]>(items.Count, text => text.Length, (batch, fill) => Run(items, batch, fill, cancellationToken));
        for (var place = 0; place < items.Count; place++)
            if (string.IsNullOrWhiteSpace(items[place].Text.Text)) runs.Answer(place, new(new(Name, []), null));
            else if (Encode(items[place].Text.Text) is { Length: <= MostBytes } bytes) runs.Add(place, bytes);
            else runs.Answer(place, new(null, string.Create(CultureInfo.InvariantCulture, $"over {MostBytes:N0} bytes")));
        return runs.Finish();
    }

    private void Run(IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Text)> batch, Action<int, Outline> fill, CancellationToken cancellationToken)
    {
        var found = Scan(items, batch, cancellationToken);
        for (var at = 0; at < batch.Count; at++) fill(batch[at].Place, AstGrepReader.Read(items[batch[at].Place], batch[at].Text.Length, found[at] ?? []));
    }

    private List<AstGrepMatch>?[] Scan(IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Text)> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var folder = new BatchFolder();
            var languages = new string[batch.Count];
            for (var at = 0; at < batch.Count; at++)
            {
                languages[at] = HeaderLanguage.Of(items[batch[at].Place]);
                folder.WriteText(string.Create(CultureInfo.InvariantCulture, $"{at:D5}.{AstGrepRules.EndingOf(languages[at])}"), batch[at].Text);
            }
            folder.Write("rules", "rules.yml", AstGrepRules.For(languages.Distinct()));
            var configuration = folder.Write("", "sgconfig.yml", "ruleDirs: [rules]\n");
            string[] arguments = ["scan", "--config", configuration, "--json=stream", .. ReadsAll, "."];
            var found = new List<AstGrepMatch>?[batch.Count];
            ProviderProcess.Run(new(program.Path, arguments, folder.Texts, batch.Sum(text => (long)text.Text.Length)), line => Keep(line, batch, found), cancellationToken);
            return found;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProviderFaultException("no temporary folder") { IsPassing = true };
        }
    }

    private static void Keep(ReadOnlySpan<byte> line, List<(int Place, byte[] Text)> batch, List<AstGrepMatch>?[] found)
    {
        var match = AstGrepLine.Read(line);
        if (match.File >= batch.Count || match.End > batch[match.File].Text.Length || match.NameStart > match.End) throw new ProviderFaultException("garbage");
        (found[match.File] ??= []).Add(match);
    }

    // A comment in the repository could tell ast-grep to overlook what follows it: in our copy it does not stand.
    private static byte[] Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var from = 0; bytes.AsSpan(from).IndexOf("ast-grep-ignore"u8) is >= 0 and var at; from += at + 1) bytes[from + at + "ast-grep".Length] = (byte)'_';
        return bytes;
    }
}
