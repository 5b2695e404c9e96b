using System.Diagnostics;
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
/// A batch that fails is halved until the text that is to blame stands alone, as long as there is time.
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
        var answers = new ProviderAnswer[items.Count];
        var batch = new List<(int Place, byte[] Bytes)>();
        long size = 0;
        for (var place = 0; place < items.Count; place++)
        {
            if (string.IsNullOrWhiteSpace(items[place].Text.Text)) answers[place] = new(new(Name, []), null);
            else if (Encode(items[place].Text.Text) is { Length: <= MostBytes } bytes)
            {
                batch.Add((place, bytes));
                size += bytes.Length;
            }
            else answers[place] = new(null, string.Create(CultureInfo.InvariantCulture, $"over {MostBytes:N0} bytes"));
            if (batch.Count > 0 && (batch.Count == ProviderLimits.BatchFiles || size >= ProviderLimits.BatchBytes || place == items.Count - 1)) Flush();
        }
        if (batch.Count > 0) Flush();
        return answers;

        void Flush()
        {
            Run(items, batch, answers, Stopwatch.GetTimestamp(), ProviderLimits.TimeFor(size) * 2, cancellationToken);
            (batch, size) = ([], 0);
        }
    }

    private void Run(IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Bytes)> batch, ProviderAnswer[] answers, long started, TimeSpan most, CancellationToken cancellationToken)
    {
        try
        {
            var found = Scan(items, batch, cancellationToken);
            for (var at = 0; at < batch.Count; at++)
                answers[batch[at].Place] = new(AstGrepReader.Read(items[batch[at].Place], batch[at].Bytes.Length, found[at] ?? []), null);
        }
        catch (ProviderFaultException fault)
        {
            if (batch.Count > 1 && Stopwatch.GetElapsedTime(started) < most)
            {
                Run(items, batch[..(batch.Count / 2)], answers, started, most, cancellationToken);
                Run(items, batch[(batch.Count / 2)..], answers, started, most, cancellationToken);
                return;
            }
            foreach (var (place, _) in batch) answers[place] = new(null, fault.Message);
        }
    }

    private List<AstGrepMatch>?[] Scan(IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Bytes)> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var folder = new BatchFolder();
            var languages = new string[batch.Count];
            for (var at = 0; at < batch.Count; at++)
            {
                languages[at] = HeaderLanguage.Of(items[batch[at].Place]);
                folder.WriteText(string.Create(CultureInfo.InvariantCulture, $"{at:D5}.{AstGrepRules.EndingOf(languages[at])}"), batch[at].Bytes);
            }
            folder.Write("rules", "rules.yml", AstGrepRules.For(languages.Distinct()));
            var configuration = folder.Write("", "sgconfig.yml", "ruleDirs: [rules]\n");
            string[] arguments = ["scan", "--config", configuration, "--json=stream", .. ReadsAll, "."];
            var found = new List<AstGrepMatch>?[batch.Count];
            ProviderProcess.Run(program.Path, arguments, folder.Texts, batch.Sum(text => (long)text.Bytes.Length), line => Keep(line, batch, found), cancellationToken);
            return found;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ProviderFaultException("no temporary folder");
        }
    }

    private static void Keep(ReadOnlySpan<byte> line, List<(int Place, byte[] Bytes)> batch, List<AstGrepMatch>?[] found)
    {
        var match = AstGrepLine.Read(line);
        if (match.File >= batch.Count || match.End > batch[match.File].Bytes.Length || match.NameStart > match.End) throw new ProviderFaultException("garbage");
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
