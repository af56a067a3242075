using System.Runtime.CompilerServices;

namespace JobServer.Portal.Tests;

internal static class NoReload
{
    // Each host would watch its folder for changed settings: hundreds of them run out of the system's watchers.
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
