using System.Buffers;
using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Documents;

/// <summary>Interactive pages carry the numbers behind their pictures.</summary>
internal sealed class EmbeddedDataRule : DisclosureRule
{
    private const int MaxNumbers = 200;
    private const int LongEncoded = 4096;

    public override string Id => "H2";

    public override string Title => "Data inside a page";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Draw the figure as a picture; numbers that may leave belong into a table that can be checked.";

    internal override void Check(OutputContent output, FindingList findings)
    {
        if (output.Kind != ContentKind.Html || output.Text is not { } text)
            return;

        if (LongestRunOfNumbers(text) > MaxNumbers)
            findings.Add($"the page holds a list of more than {MaxNumbers} numbers");

        var (encoded, picture) = Encoded(text);
        if (encoded)
            findings.Add("the page holds encoded data that no check can read");
        else if (picture)
            findings.Add("the page holds a picture that no check can read", severity: Severity.Review);
    }

    /// <summary>Numbers with nothing but separators, quotes and null between them; any other word begins anew.</summary>
    private static int LongestRunOfNumbers(string text)
    {
        var (run, longest) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAnyExcept(NumberSigns);
            length = length < 0 ? text.Length - at : length;
            if (length > 0)
                longest = Math.Max(longest, ++run);
            else if (!IsBetweenNumbers(text[at]))
                run = 0;

            at += Math.Max(1, length);
        }

        return longest;
    }

    private static bool IsBetweenNumbers(char sign) => char.IsWhiteSpace(sign) || ",\"'[]{}:null".Contains(sign, StringComparison.Ordinal);

    /// <summary>Whether there are long runs of base64: as data, and as pictures.</summary>
    private static (bool Data, bool Picture) Encoded(string text)
    {
        var (data, picture) = (false, false);
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAnyExcept(Base64);
            length = length < 0 ? text.Length - start : length;
            if (length >= LongEncoded)
            {
                var isPicture = text.AsSpan(0, start).EndsWith("base64,") && text.AsSpan(Math.Max(0, start - 40), Math.Min(40, start)).Contains("data:image/", StringComparison.OrdinalIgnoreCase);
                (data, picture) = (data || !isPicture, picture || isPicture);
            }

            start += length + 1;
        }

        return (data, picture);
    }

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.-+");

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
}
