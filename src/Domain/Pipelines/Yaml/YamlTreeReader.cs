using YamlDotNet.Core;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>From text to a tree of values. Every failure of the parser is a problem with its place (rule Y01).</summary>
internal static class YamlTreeReader
{
    private const string Hint =
        "Check the indentation (blanks only, no tabs), the blank after each colon, and that quotes and brackets are closed.";

    /// <summary>The root, or null with at least one problem added.</summary>
    public static YamlNode? Read(string text, ProblemList problems)
    {
        var separators = new LineSeparators(text);
        text = separators.Hide(text);
        var first = new ProblemList();
        var (root, failure) = Attempt(text, null, separators, first);
        if (failure is null)
        {
            problems.Take(first);
            return root;
        }

        // The scanner insists on indentation inside brackets and quotes, where the format has none.
        var indentation = new ContinuationIndentation();
        if (indentation.Indent(text) is { } mended)
        {
            var second = new ProblemList();
            (root, var secondFailure) = Attempt(mended, indentation, separators, second);
            if (secondFailure is null)
            {
                problems.Take(second);
                return root;
            }

            // The attempt that came further is the one that met the mistake.
            if (failure is not YamlException || LineOf(secondFailure) > LineOf(failure))
            {
                Refuse(secondFailure, text, indentation, problems);
                return null;
            }
        }

        problems.Take(first);
        Refuse(failure, text, null, problems);
        return null;
    }

    private static (YamlNode? Root, Exception? Failure) Attempt(
        string text,
        ContinuationIndentation? indentation,
        LineSeparators separators,
        ProblemList problems)
    {
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(new SteadyScanner(new Scanner(reader, skipComments: true)));
            return (new YamlComposer(parser, indentation, separators, problems).Document(), null);
        }
        catch (Exception e)
        {
            // Whatever the library throws at a hostile file is an answer about that file.
            return (null, e);
        }
    }

    private static long LineOf(Exception failure) => failure is YamlException e ? e.Start.Line : 0;

    private static void Refuse(Exception failure, string text, ContinuationIndentation? indentation, ProblemList problems)
    {
        if (failure is not YamlException e)
        {
            problems.Error("Y01", 1, 1, "The file is not well-formed YAML.", Hint);
            return;
        }

        // The library tells no place for a tab, the commonest slip of all.
        if (e.Message.Contains("tab", StringComparison.Ordinal) && FirstTab(text) is { } tab)
        {
            problems.Error(
                "Y01", tab.Line, tab.Column, "The file is not well-formed YAML: this line is indented with a tab.",
                "Indent with blanks; most editors can be told to write blanks for the tab key.");
            return;
        }

        var line = (int)Math.Clamp(e.Start.Line, 1, int.MaxValue);
        var column = (int)Math.Clamp(e.Start.Column, 1, int.MaxValue);
        problems.Error(
            "Y01", line, indentation?.ColumnInFile(line, column) ?? column,
            "The file is not well-formed YAML: " + Sentence(e.Message), Hint);
    }

    private static (int Line, int Column)? FirstTab(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indent = content.IndexOfAnyExcept(' ');
            if (indent >= 0 && content[indent] == '\t' && !content.IsWhiteSpace()) return (line, indent + 1);
        }

        return null;
    }

    private static string Sentence(string message)
    {
        var text = Quoted.Text(message.Trim().TrimEnd('.'), 200).Trim('"');
        return text.Length == 0 ? "it cannot be read." : char.ToLowerInvariant(text[0]) + text[1..] + ".";
    }
}
