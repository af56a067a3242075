using System.Security.Cryptography;
using JobServer.Data.Site;

namespace JobServer.Portal.SignIn;

/// <summary>Prints the code that makes somebody the first admin, at every start until there is one.</summary>
internal sealed class SetUpOffer(SiteSetUp setUp, ILogger<SetUpOffer> logger) : IHostedService
{
    /// <summary>100 bits, in letters that are not mistaken for each other.</summary>
    private const int Length = 20;
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        if (await setUp.OfferAsync(code, cancellationToken))
        {
            SignInLog.SetUpOffered(logger, SignInLinks.SetUp, code, (int)SiteSetUp.CodeHolds.TotalMinutes);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
