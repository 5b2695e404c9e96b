using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Relations.Plain;

namespace Rlm.Context.Tests.Relations;

/// <summary>Roles of the name run (a function) or Pump (a type) in other languages, in file order; mentions included.</summary>
public class PlainUsesTests
{
    [Theory]
    [InlineData("python", "run", "from m import run\ndef run(a):\n    '''run'''\n    # run\n    return run(1) + f'{run(2)} run {{run}}'\n@run\nrun = 3\nx.run += 1\n", "import declaration mention mention invoke invoke mention mention attribute write write")]
    [InlineData("python", "Pump", "class Pump(Base):\n  pass\nclass B(A, Pump): pass\np = Pump()\nisinstance(p, Pump)\nx: Pump = None\n", "declaration base construct type type")]
    [InlineData("typescript", "run", "import { run } from './run';\nexport function run(a: number) { return `${run(1)} run`; }\nconst re = /run\"/; run = 4; obj.run?.(1); run<string>(2);\n", "import mention declaration invoke mention mention write invoke invoke")]
    [InlineData("typescript", "Pump", "class Pump extends Base implements Pump {}\nconst p: Pump = new Pump();\n@Pump()\nclass B extends Pump {}\n", "declaration base type construct attribute base")]
    [InlineData("go", "run", "func run() {\n\tx := `run`\n\tgo run() // run\n\tf := run\n}\n", "declaration mention invoke mention read")]
    [InlineData("go", "Pump", "type Pump struct{}\nfunc (p *Pump) Go() *Pump { return &Pump{a: 1} }\n", "declaration type type construct")]
    [InlineData("rust", "run", "use m::run;\nfn run<'a>(c: char) { let x = 'r'; run(\"run\"); run::<u8>(); m.run = 1; }\n/* a /* run */ run */\nmacro_run!();\nrun!(1);\n", "import declaration invoke mention invoke write mention mention invoke")]
    [InlineData("rust", "Pump", "struct Pump;\nimpl Pump {}\nimpl Trait for Pump {}\nlet p = Pump { a: 1 };\n", "declaration base base construct")]
    [InlineData("java", "Pump", "class Pump extends A implements I {}\nclass B extends Pump {}\n@Pump class C { Pump p = new Pump(\"Pump\"); boolean b = p instanceof Pump; }\n", "declaration base attribute type construct mention typeof")]
    [InlineData("ruby", "Pump", "class Pump < Base\nend\nclass B < Pump\nend\nPump.new(\"#{Pump} Pump\") # Pump\n", "declaration base construct type mention mention")]
    [InlineData("cpp", "Pump", "#include \"Pump.h\"\nclass Pump : public Base {};\nclass B : public Pump {};\nauto p = new Pump();\nstd::vector<Pump> v; // Pump\n", "mention declaration base construct type mention")]
    [InlineData("bash", "run", "run() { echo \"run $run ${run} $(run)\"; }\nrun # run\n", "declaration mention read read read read mention")]
    [InlineData("kotlin", "run", "fun run() = \"${run()} $run run\" /* run */\n", "declaration invoke read mention mention")]
    [InlineData("php", "run", "<?php function run() { return \"$run {$x->run()}\"; } // run\n", "declaration read invoke mention")]
    [InlineData("swift", "run", "func run() -> String { return \"\\(run()) run\" }\n", "declaration invoke mention")]
    [InlineData("lua", "run", "function run() return [[run]] end -- run\nrun() --[[ run ]]\n", "declaration mention mention invoke mention")]
    [InlineData("rust", "run", "let a = r\"run \\\"; run(); let b = br##\"\nrun \"# run\"##; run(); for r in run {}\n", "mention invoke mention mention invoke read")]
    [InlineData("cpp", "run", "auto a = R\"x(run \" )\" run)x\"; run(); auto b = u8R\"(run)\"; run(); FOUR\"run\";\n", "mention mention invoke mention invoke mention")]
    [InlineData("swift", "run", "let a = #\"run \" run\"#; run(); let b = ##\"\"\"\nrun\n\"\"\"##; run()\n", "mention mention invoke mention invoke")]
    [InlineData("ruby", "run", "a(<<~SQL, run)\n  run #{run(1)}\n  SQL\nrun(1 << RUN)\nb <<-'A', <<B\nrun #{run}\nA\nrun\nB\nrun()\n", "read mention invoke invoke mention mention mention invoke")]
    [InlineData("php", "run", "<?php $a = <<<EOT\nrun $run\nEOT;\nrun(); $b = <<<'X'\n$run\nX;\nrun();\n", "mention read invoke mention invoke")]
    [InlineData("bash", "run", "cat << EOF | run\nrun $run\nEOF\nrun <<<X\nrun\n", "read mention read read read")]
    [InlineData("php", "run", "<?php f(<<<SQL\n run\n SQL, run($x));\nrun();\n", "mention invoke invoke")]
    [InlineData("bash", "run", "a=$((4 << BITS))\nrun\n", "read")]
    [InlineData("ruby", "run", "MASK = (1<<BITS)-1\nrun(2)\n", "invoke")]
    [InlineData("javascript", "run", "var $run = 1, run$ = a / run / b, x = [run];\n", "read read")]
    public void Roles_AreGuessedFromTheNeighbours(string language, string name, string source, string expected) => Assert.Equal(expected, Kinds(language, name, source));

    [Theory]
    [InlineData("python", "\"", "#")]
    [InlineData("go", "\"", "//")]
    [InlineData("javascript", "'", "//")]
    [InlineData("ruby", "'", "#")]
    [InlineData("rust", "\"", "//")]
    [InlineData("sql", "'", "--")]
    [InlineData("lua", "\"", "--")]
    [InlineData("vb", "\"", "'")]
    public void RandomPieces_AreToldApart(string language, string quote, string comment)
    {
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var expected = new List<bool>();
            var source = new System.Text.StringBuilder();
            for (var count = random.Next(30); count > 0; count--)
            {
                var isCode = random.Next(3) == 0;
                expected.Add(isCode);
                if (isCode) source.Append(random.Next(2) == 0 ? " run " : " (run) + ");
                else if (random.Next(2) == 0) source.Append(quote + " a run b " + quote);
                else source.Append(' ' + comment + " it is run\n");
                if (random.Next(3) == 0) source.Append('\n');
            }
            var uses = Read(language, "run", source.ToString());
            Assert.True(expected.SequenceEqual(uses.Select(use => use.Kind != SiteKinds.Mention)), $"{language}, round {round}:\n{source}");
        }
    }

    [Theory]
    [InlineData("javascript", "`${")]
    [InlineData("python", "f'{")]
    [InlineData("rust", "/*")]
    [InlineData("lisp", "#|")]
    public void DeepNesting_EndsInTime(string language, string open)
    {
        var source = string.Concat(Enumerable.Repeat(open, 20_000)) + " run ";
        Assert.Single(Read(language, "run", source));
    }

    private static string Kinds(string language, string name, string source) => string.Join(' ', Read(language, name, source).Select(use => use.Kind));

    private static List<NameUse> Read(string language, string name, string source)
    {
        var text = FileText.Of(source);
        return PlainUses.Read(text, LexicalRules.Of(language)!, WordPlaces.Of(source, [name]), () => Outliner.Outline(new RepoPath("a"), language, text, CancellationToken.None), found => char.IsUpper(found[0]));
    }
}
