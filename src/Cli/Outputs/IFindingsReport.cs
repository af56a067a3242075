using JobServer.Outputs.Disclosure;

namespace JobServer.Cli.Outputs;

internal interface IFindingsReport
{
    void Show(string path, DisclosureProfile profile, CheckResult result);
}
