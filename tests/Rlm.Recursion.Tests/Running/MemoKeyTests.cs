using Rlm.Recursion.Running;

namespace Rlm.Recursion.Tests.Running;

public class MemoKeyTests
{
    private static readonly MemoParts Parts = new("leaf", "task", "anthropic:m", "1", ["a.cs:1-9@11112222", "b.cs:1-5@33334444"]) { Schema = "{}", Boundary = "left", Scope = ["src"] };

    [Fact]
    public void DifferentLists_HaveDifferentKeys()
    {
        // Few short fields of few letters: were anything merely joined, it would collide.
        var lists = new Dictionary<string, string>();
        for (var seed = 0; seed < Rounds.Of(100_000); seed++)
        {
            var random = new Random(seed);
            var fields = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(5) == 0 ? null : new string([.. Enumerable.Range(0, random.Next(4)).Select(_ => "\0a,\ud800\ud801"[random.Next(5)])])).ToArray();
            var list = string.Join('|', fields.Select(field => field is null ? "-" : string.Join(' ', field.Select(letter => (int)letter)) + "."));
            var key = MemoKey.Of(fields);
            Assert.Matches(@"^[0-9a-f]{64}\z", key);
            Assert.True(lists.TryAdd(key, list) || lists[key] == list, $"seed {seed}: {list} and {lists[key]}");
        }
    }

    [Fact]
    public void SameParts_HaveTheSameKey() => Assert.Equal(MemoKey.Of(Parts), MemoKey.Of(Parts with { Contents = [.. Parts.Contents] }));

    [Fact]
    public void AnyPartChanged_IsAnotherKey()
    {
        MemoParts[] others =
        [
            Parts with { Kind = "ask" }, Parts with { Task = "tasK" }, Parts with { Model = "anthropic:n" }, Parts with { PromptVersion = "2" }, Parts with { Schema = null }, Parts with { Schema = "" },
            Parts with { Boundary = null }, Parts with { Boundary = "right" }, Parts with { Scope = [] }, Parts with { Scope = ["src", ""] }, Parts with { Contents = ["a.cs:1-9@11112223", "b.cs:1-5@33334444"] },
            Parts with { Contents = ["b.cs:1-5@33334444", "a.cs:1-9@11112222"] }, Parts with { Contents = ["a.cs:1-9@11112222"] }, Parts with { Contents = ["a.cs:1-9@11112222b.cs:1-5@33334444"] },
        ];
        Assert.Equal(others.Length + 1, others.Append(Parts).Select(MemoKey.Of).Distinct().Count());
    }
}
