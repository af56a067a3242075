using JobServer.Portal.Live;

namespace JobServer.Portal.Coordination;

internal static class ChangeKeys
{
    public static ChangeKey OfRequest(int requestId) => new("request", requestId.ToString());
}
