using System.Text;
using Rlm.Context.Search;
using Rlm.Context.Tests.Files;

namespace Rlm.Context.Tests.Search;

public class LetterFilterTests
{
    private static readonly string[] Parts = ["Get", "File", "name", "_x", "HTTP", "ä", "R", "2", ".", "É", "on"];

    [Fact]
    public void NamesThatScore_Pass()
    {
        var random = new Random(TestScale.Seed);
        for (var round = 0; round < TestScale.Cases(400_000); round++)
        {
            string asked = Word(random), name = random.Next(2) == 0 ? Word(random) : Changed(asked, random);
            var score = SymbolScore.Of(asked, name, name);
            var bytes = Encoding.UTF8.GetBytes(name);
            if (score >= SymbolScore.Solid) Assert.True(new LetterFilter(asked, 0).Passes(bytes), $"{asked} {name} {score}");
            else if (score > 0) Assert.True(new LetterFilter(asked, SymbolScore.Tolerance(asked)).Passes(bytes), $"{asked} {name} {score}");
        }
    }

    [Fact]
    public void OtherNames_DoNotPass()
    {
        Assert.False(new LetterFilter("GetName", 0).Passes("NameGet"u8));
        Assert.False(new LetterFilter("GetName", 1).Passes("SetValue"u8));
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Parts[random.Next(Parts.Length)]));

    private static string Changed(string word, Random random)
    {
        var letters = word.ToList();
        for (var changes = random.Next(3); changes > 0 && letters.Count > 1; changes--)
            switch (random.Next(4))
            {
                case 0: letters.RemoveAt(random.Next(letters.Count)); break;
                case 1: letters.Insert(random.Next(letters.Count), 'q'); break;
                case 2: letters[random.Next(letters.Count)] = 'Z'; break;
                default: letters.Reverse(0, 2); break;
            }
        return string.Concat(letters);
    }
}
