using JobServer.TestCommon;

namespace JobServer.EndToEnd.Tests;

/// <summary>What these tests need of the machine.</summary>
internal static class Programs
{
    public const string Chromium = "chromium";
    public const string ChromiumPath = "/usr/bin/chromium";
    public const string Bubblewrap = "bwrap";
    public const string Git = "git";
    public const string Python = "python3";

    /// <summary>Without these the service cannot run a study.</summary>
    public static bool OfServiceAreMissing => new RequiresProgramAttribute(Bubblewrap, Git, Python).Skip is not null;

    public static bool AreMissing => new RequiresProgramAttribute(Chromium, Bubblewrap, Git, Python).Skip is not null;
}
