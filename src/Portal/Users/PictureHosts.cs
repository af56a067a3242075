using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Users;

/// <summary>Which addresses the server fetches for a picture: nobody can make it ask another machine.</summary>
internal sealed class PictureHosts(IOptions<PictureOptions> options, IOptions<GitHubOptions> gitHub)
{
    public bool Allow(string? address)
    {
        if (address is not { Length: > 0 and <= Domain.Users.User.PictureAddressMaxLength }
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var web = new Uri(gitHub.Value.WebAddress);
        return (uri.Scheme == web.Scheme && string.Equals(uri.Authority, web.Authority, StringComparison.OrdinalIgnoreCase))
            || (uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && options.Value.Hosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase));
    }
}
