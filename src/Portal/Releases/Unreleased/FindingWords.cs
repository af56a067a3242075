using JobServer.Outputs.Disclosure;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Releases.Unreleased;

/// <summary>What the checks say, in the words of pages.</summary>
internal static class FindingWords
{
    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "Nothing found",
        Verdict.Review => "A person must look",
        Verdict.Fail => "May disclose",
    };

    public static Tone ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Tone.Good,
        Verdict.Review => Tone.Warning,
        Verdict.Fail => Tone.Bad,
    };

    public static string Name(Severity severity) => severity switch
    {
        Severity.Information => "For information",
        Severity.Review => "To be looked at",
        Severity.Fail => "May disclose",
        Severity.Block => "Keeps the file at the site",
    };

    public static Tone ToneOf(Severity severity) => severity switch
    {
        Severity.Information => Tone.Neutral,
        Severity.Review => Tone.Warning,
        Severity.Fail or Severity.Block => Tone.Bad,
    };
}
