using System.Text;

namespace Rlm.Context.Tests.Search.Planning;

/// <summary>
/// Random regular expressions over the whole .NET syntax, each with a text that it is likely to match: what is written for a part is paired with a text for that part.
/// Some patterns are invalid, some texts do not match; who uses them asks .NET.
/// </summary>
internal sealed class PatternSource(Random random)
{
    private static readonly string[] Letters =
        ["a", "b", "c", "d", "A", "B", "k", "K", "s", "S", "i", "I", "_", "1", "2", " ", "-", ":", "<", ">", "'", "=", "!", ",", "}", "]", "#", "ä", "Ä", "ß", "ſ", "ı", "İ", "\u212A", "日", "本", "\uFFFD", "Ω", "\u2126", "ǅ", "&", "\v", "\u0085", "\u00A0", "\uD83D\uDE00"];

    private static readonly (string Pattern, string Sample)[] Sets =
    [
        (".", "x"), (@"\w", "w"), (@"\W", "-"), (@"\d", "7"), (@"\D", "d"), (@"\s", " "), (@"\S", "q"), (@"\p{Lu}", "Z"), (@"\P{Lu}", "z"), (@"\p{IsGreek}", "Ω"), (@"[^a]", "b"), (@"[\w-[b-y]]", "z"), ("[a-z-[b]]", "c"),
        ("[a-c]", "b"), ("[]a]", "]"), ("[^]a]", "z"), ("[-a]", "-"), ("[a-]", "-"), (@"[\]]", "]"), (@"[\x41-\x43]", "B"), ("[[a]", "["), (@"[\d\-x]", "x"), ("[kK]", "K"), ("[A-Za-z0-9_]", "M"), (@"[\u212A]", "k"), (@"[\b]", "\b"),
        ("[a-d-[b-c]]", "d"), (@"[ab\p{L}]", "q"), ("[ #]", "#"), (@"[\101b]", "A"), ("[ıi]", "i"), ("[a^]", "^"), (@"[\cA-\cC]", "\u0002"), (@"[^\W]", "w"), ("[a-[a]-z]", "z"), ("[(|)]", "|"), ("[s-u]", "S"), ("[{}]", "{"),
    ];

    private static readonly (string Pattern, string Sample)[] Escapes =
    [
        (@"\x41", "A"), (@"\u0062", "b"), (@"\u00e4", "ä"), (@"\t", "\t"), (@"\e", "\u001B"), (@"\.", "."), (@"\(", "("), (@"\\", "\\"), (@"\{", "{"), (@"\ ", " "), (@"\#", "#"), (@"\101", "A"), (@"\0", "\0"), (@"\cA", "\u0001"), (@"\<", "<"),
        (@"\'", "'"), (@"\-", "-"), (@"\_", "_"), (@"\u212a", "K"), (@"\012x", "x"), (@"\a", "\a"), (@"\/", "/"), (@"\]", "]"), (@"\<b>", "<b>"), (@"\ä", "ä"),
    ];

    private static readonly string[] Places = ["^", "$", @"\b", @"\B", @"\A", @"\z", @"\Z", @"\G", "(?#note)", "(?#+*[)", "(?=)", "(?:)", "()", "(?(1)a|b)", "(?(n)x|)", "(?(?=a)a|)", "(?(a)ab|c)"];

    private static readonly string[] Openings = ["(", "(?:", "(?>", "(?<n>", "(?'n'", "(?i:", "(?-i:", "(?x:", "(?n:", "(?s-i:", "(?im-x:", "(?<m-n>", "(?I:"];

    private static readonly string[] Quantifiers = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "{0}", "{3}", "{1}", "{1,}", "{,2}", "{a}", "{2", "{ 2}", "{9}", "{0,}"];

    /// <summary>A pattern and a text.</summary>
    public (string Pattern, string Sample) Next() => Alternatives(random.Next(1, 4));

    private (string Pattern, string Sample) Alternatives(int depth)
    {
        var branches = Enumerable.Range(0, random.Next(4) == 0 ? random.Next(2, 5) : 1).Select(_ => Sequence(depth)).ToArray();
        return (string.Join("|", branches.Select(branch => branch.Pattern)), branches[random.Next(branches.Length)].Sample);
    }

    private (string Pattern, string Sample) Sequence(int depth)
    {
        StringBuilder pattern = new(), sample = new();
        for (var count = random.Next(0, 7); count > 0; count--)
        {
            var part = Part(depth);
            var repeat = 1;
            pattern.Append(part.Pattern);
            if (random.Next(12) == 0) pattern.Append(random.Next(3) switch { 0 => " ", 1 => "(?#+)", _ => "\t" });
            if (random.Next(4) == 0)
            {
                var quantifier = Quantifiers[random.Next(Quantifiers.Length)];
                repeat = quantifier switch { "*" => random.Next(3), "+" => random.Next(1, 3), "?" or "{0,1}" => random.Next(2), "{2}" or "{2,}" or "{1,2}" => 2, "{3}" => 3, "{9}" => 9, "{0}" or "{0,}" => 0, _ => 1 };
                pattern.Append(quantifier).Append(random.Next(6) switch { 0 => "?", 1 => " ?", _ => "" });
                if (quantifier is "{,2}" or "{a}" or "{2" or "{ 2}") (repeat, _) = (0, sample.Append(part.Sample).Append(quantifier));
            }
            for (; repeat > 0; repeat--) sample.Append(part.Sample);
        }
        return (pattern.ToString(), sample.ToString());
    }

    private (string Pattern, string Sample) Part(int depth)
    {
        switch (random.Next(depth > 0 ? 24 : 18))
        {
            case < 9: return Literal();
            case < 13: return Sets[random.Next(Sets.Length)];
            case < 15: return Escapes[random.Next(Escapes.Length)];
            case 15: return (Places[random.Next(Places.Length)], "");
            case 16: return (random.Next(5) switch { 0 => "(?i)", 1 => "(?x)", 2 => "(?-i)", 3 => "(?-x)", _ => "(?ix-m)" }, "");
            case 17: return (random.Next(6) switch { 0 => "(?x) # c\n", 1 => @"\1", 2 => @"\k<n>", 3 => @"(a)\1", 4 => @"(?<n>b)\k'n'", _ => @"\12" }, random.Next(2) == 0 ? "aa" : "bb");
            case 18: return Around();
            default:
                var inner = Alternatives(depth - 1);
                return (Openings[random.Next(Openings.Length)] + inner.Pattern + ")", inner.Sample);
        }
    }

    private (string Pattern, string Sample) Literal()
    {
        StringBuilder text = new();
        for (var count = random.Next(1, 5); count > 0; count--) text.Append(random.Next(3) == 0 ? Letters[random.Next(Letters.Length)] : Letters[random.Next(6)]);
        return (text.ToString(), text.ToString());
    }

    private (string Pattern, string Sample) Around()
    {
        var inner = Literal();
        return random.Next(5) switch
        {
            0 => ($"(?={inner.Pattern})", inner.Sample),
            1 => ($"(?={inner.Pattern}){inner.Pattern}", inner.Sample),
            2 => ($"{inner.Pattern}(?<={inner.Pattern})", inner.Sample),
            3 => ($"(?!{inner.Pattern})", ""),
            _ => ($"(?<!{inner.Pattern})", ""),
        };
    }
}
