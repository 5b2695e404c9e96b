using System.Text;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>Answers follow the disk: what was edited, renamed or deleted since the last call shows in the next one, and handles never show other text.</summary>
public sealed class FreshnessTests
{
    [Fact]
    public void NextAnswer_ShowsEveryEdit() => TestScale.ForAll(200, random =>
    {
        using var bench = new ToolBench();
        RandomRepository.Fill(bench, random, most: 12);
        for (var step = 0; step < 15; step++)
        {
            if (random.Next(5) == 0) bench.Index();
            Change(bench, random);
            var files = Directory.EnumerateFiles(bench.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(bench.Root, file))
                .Where(file => file != ".env" && file != "bin/data.bin").Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(files, bench.Json("map", new { }).List("entries").Where(entry => entry.Str("kind") == "file").Select(entry => entry.Str("path")).Order(StringComparer.Ordinal));
            foreach (var match in bench.Json("search", new { pattern = "needle" }).List("matches"))
                Assert.Contains(match.Str("text")!, Decoded(bench.At(match.Str("path")!)));
            if (files.Length == 0) continue;
            var path = files[random.Next(files.Length)];
            Assert.Equal(Decoded(bench.At(path)), Assert.Single(bench.Json("read", new { targets = path }).List("slices")).Str("text"));
        }
    });

    [Fact]
    public void Handle_ShowsItsTextOrItsSymbolOrSaysThatItIsGone() => TestScale.ForAll(120, random =>
    {
        using var bench = new ToolBench();
        RandomRepository.Fill(bench, random, most: 6);
        bench.Write("src/always.cs", RandomRepository.CSharp(random));
        var known = bench.Json("search", new { pattern = RandomRepository.Pick(random, "e", "(", "T") }).List("matches").Select(match => (Handle: match.Str("handle")!, Symbol: match.Str("symbol"), Text: Text(bench, match.Str("handle")!))).ToArray();
        known = [.. known, .. bench.Json("search", new { pattern = "T", mode = "symbol" }).List("matches").Select(match => (Handle: match.Str("handle")!, Symbol: match.Str("symbol"), Text: Text(bench, match.Str("handle")!)))];
        // The same text may stand at the same lines in another symbol for a while: the handle is then followed to the one that it showed last.
        var symbols = known.GroupBy(item => item.Handle).ToDictionary(group => group.Key, group => group.Select(item => item.Symbol).ToHashSet());
        for (var step = 0; step < 4; step++)
        {
            Change(bench, random);
            if (random.Next(3) == 0) bench.Restart();
            if (random.Next(3) == 0) bench.Index();
            foreach (var (handle, _, text) in known)
            {
                var result = bench.Call("read", new { targets = handle }, json: true, unlimited: true);
                if (result.IsError)
                {
                    Assert.Contains(result.ErrorCode, (IEnumerable<string?>)["out_of_range", "bad_argument", "unknown_path"]);
                    continue;
                }
                var slice = System.Text.Json.Nodes.JsonNode.Parse(result.Text)!.List("slices").Single();
                if (slice["moved"] is not { } moved)
                {
                    Assert.Equal((handle, text), (slice.Str("handle"), slice.Str("text")));
                    symbols[handle].Add(slice.Str("symbol"));
                    continue;
                }
                Assert.Equal((handle, slice.Str("handle")), (moved.Str("from"), moved.Str("to")));
                if (moved.Str("why") == "content") Assert.Equal(text, slice.Str("text"));
                else Assert.Contains(slice.Str("symbol"), symbols[handle]);
            }
        }
    });

    [Fact]
    public void Cursor_IsStaleOnceAFileChanged()
    {
        using var bench = new ToolBench();
        for (var file = 0; file < 40; file++) bench.Write($"f{file:00}.txt", "needle and hay and much more of it\n");
        var cursor = bench.Json("search", new { pattern = "needle", budget = 300 }, unlimited: false).Str("cursor");
        Assert.NotNull(bench.Json("search", new { cursor }));
        bench.Restart();
        Assert.NotNull(bench.Json("search", new { cursor }));
        bench.Write("f39.txt", "other\n");
        Assert.StartsWith("stale_cursor: ", bench.Error("search", new { cursor }));
    }

    private static string? Text(ToolBench bench, string handle) => bench.Json("read", new { targets = handle }).List("slices").Single().Str("text");

    private static string Decoded(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2)
            : bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2)
            : bytes is [0xEF, 0xBB, 0xBF, ..] ? Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3) : Encoding.UTF8.GetString(bytes);
    }

    private static void Change(ToolBench bench, Random random)
    {
        var files = Directory.EnumerateFiles(bench.Root, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not (".env" or "data.bin")).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0 || random.Next(6) == 0)
        {
            bench.Write($"new{random.Next(1_000_000)}.cs", RandomRepository.CSharp(random));
            return;
        }
        var file = files[random.Next(files.Length)];
        switch (random.Next(5))
        {
            case 0:
                File.Delete(file);
                break;
            case 1:
                File.Move(file, file + ".moved" + random.Next(1_000_000));
                break;
            case 2:
                File.WriteAllBytes(file, RandomRepository.Content(file, random));
                break;
            case 3: // an edit that keeps the size
                var same = File.ReadAllBytes(file);
                if (same.Length > 4) same[random.Next(4, same.Length)] = (byte)'q';
                File.WriteAllBytes(file, same);
                break;
            default:
                var lines = File.ReadAllText(file).Split('\n').ToList();
                var at = random.Next(lines.Count + 1);
                if (random.Next(2) == 0 && at < lines.Count) lines.RemoveAt(at);
                else lines.Insert(at, RandomRepository.Pick(random, "// needle", "", "int added;", "}"));
                File.WriteAllText(file, string.Join('\n', lines));
                break;
        }
    }
}
