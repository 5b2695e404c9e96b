namespace Rlm.Context.Tests.Outlines;

/// <summary>
/// Texts that end or stall a process that hands them to a C# parser as they are. Each unit is repeated inside a place of a program; the
/// numbers say how often, from "much too deep" down to "just deep enough to double the parser's look-ahead forty times".
/// </summary>
internal static class Bombs
{
    private static readonly (string Name, string Before)[] Places =
    [
        ("expression", "class A { void M() { x = "), ("statement", "class A { void M() { "), ("member", "class A { "), ("file", ""),
        ("field", "class A { object f = "), ("attribute", "[A("),
    ];

    private static readonly (string Unit, string Close, int[] Counts)[] Units =
    [
        ("(", ")", [40, 2_000, 20_000, 200_000]), ("[", "]", [40, 20_000]), ("{", "}", [40, 20_000, 200_000]), ("A<", ">", [400, 24_000, 200_000]), ("a<", "", [500, 10_000, 100_000]),
        ("$\"{", "}\"", [40, 500, 2_000, 100_000]), ("$\"\"\"{", "}\"\"\"", [40, 500]), ("class A{", "}", [600, 20_000]), ("namespace A{", "}", [600, 20_000]),
        ("a+", "", [100_000, 1_000_000]), ("a.b.", "", [100_000]), ("!", "", [100_000, 1_000_000]), ("(int)", "", [100_000]), ("x=>", "", [100_000]), ("a?b:", "", [100_000]),
        ("if(a){}else ", "", [10_000, 100_000]), ("if(a)", "", [100_000]), ("do ", "", [100_000]), ("a:", "", [100_000]), ("using(a)", "", [100_000]), ("a=", "", [100_000]),
        ("a??", "", [100_000]), ("await ", "", [100_000]), ("not ", "", [100_000]), ("new ", "", [100_000]), ("ref ", "", [100_000]), ("A.", "", [100_000]), ("A?", "", [100_000]),
        ("(A,", "A)", [40, 10_000]), ("delegate*<", ">", [40, 5_000, 100_000]), ("a is (", ")", [40, 10_000]), ("a switch{b=>", "}", [40, 10_000]), ("from x in ", "", [10_000]),
        ("f(x=>{", "})", [40, 400, 10_000]), ("f(()=>", ")", [40, 10_000]), ("partial ", "", [22, 3_000, 100_000]), ("unsafe partial ", "", [22, 3_000]), ("a=(", ")", [40, 400]), ("a?[", "]", [40, 400]),
        ("=(a,", ")", [40]), ("(a b,=", ")", [40]), ("1 a is (a and unsafe ", ")", [40]), ("..delegate{where where ", "}", [40]), ("a(a=", ")", [40]), ("from x in [..(a->", ")]", [40]),
        ("async *unsafe A this[", "]", [40]), ("=>async params [", "]", [40]), ("=A this[(", ")]", [40]), ("checked(record A(", "))", [40]), ("a ", "", [100_000]), ("a and ", "", [30_000]), ("a?a?", "", [30_000]),
        ("#if A\n", "#endif\n", [100, 20_000]), ("#if (((((\n", "#endif\n", [1_000]), ("#elif ((((((((((", "", [20_000]), ("\"", "", [100_000]), ("@\"", "", [100_001]), ("'", "", [100_000]), ("<<<<<<< \n", ">>>>>>> \n", [10_000]),
    ];

    /// <summary>Every bomb, closed and not.</summary>
    public static IEnumerable<(string Name, string Text)> All()
    {
        foreach (var (unit, close, counts) in Units)
            foreach (var count in counts)
                foreach (var (place, before) in Places)
                {
                    var opened = before + Repeat(unit, count) + "1";
                    yield return ($"{place}: {count} x {unit.Trim()}", opened);
                    yield return ($"{place}: {count} x {unit.Trim()} closed", opened + Repeat(close, count) + "; } void N() { } }");
                }
    }

    private static string Repeat(string unit, int count) => string.Concat(Enumerable.Repeat(unit, count));
}
