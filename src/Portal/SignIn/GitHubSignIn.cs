using System.Text.Json;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Limits;
using JobServer.Portal.Security;
using JobServer.Portal.Ui;
using JobServer.Portal.SignIn.Watch;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn;

/// <summary>
/// Sign-in with GitHub: the framework's OAuth handler, set up here and nowhere else. State and correlation cookie come
/// with it. GitHub's token is used for two questions and then forgotten.
/// </summary>
internal static class GitHubSignIn
{
    private const string Scheme = "GitHub";

    /// <summary>To be entered as the application's callback address at GitHub, after the site's own.</summary>
    private const string CallbackPath = "/login/github/callback";

    /// <summary>From the button here to the answer from there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static void AddGitHubSignIn(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        var services = authentication.Services;
        services.AddSingleton<GitHubProfiles>();
        services.AddSingleton<GitHubAccounts>();
        services.AddSingleton<GitHubWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<GitHubWatch>());
        services.AddOptions<GitHubOptions>()
            .Validate(
                gitHub => gitHub.ClientId.Length == 0 || gitHub.ClientSecret.Length > 0,
                "CodeHosts:GitHub:ClientSecret is missing: ClientId and ClientSecret are both needed to sign in with GitHub.")
            .Validate(
                gitHub => gitHub.ClientId.Length == 0 || (IsSafe(gitHub.WebAddress) && IsSafe(gitHub.ApiAddress)),
                "CodeHosts:GitHub:WebAddress and ApiAddress must be https:// addresses to sign in with them (http:// only on this machine).");

        // The handler looks at every request, and refuses to without an id.
        if (configuration.GetSection(GitHubOptions.Section).Get<GitHubOptions>() is not { ClientId.Length: > 0 })
        {
            return;
        }

        authentication.AddOAuth(Scheme, _ => { });
        services.AddOptions<OAuthOptions>(Scheme).Configure<IOptions<GitHubOptions>, IOptions<CodeHostOptions>>(Configure);
    }

    /// <summary>Begins a sign-in: by POST only, with the form's hidden token, so that no other site can begin one.</summary>
    public static void MapGitHubSignIn(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(SignInLinks.GitHub, (IOptions<GitHubOptions> gitHub, TimeProvider time, [FromForm] string? next) =>
            gitHub.Value.ClientId.Length == 0
                ? Results.NotFound()
                : Results.Challenge(
                    new AuthenticationProperties { RedirectUri = LocalAddress.OrHome(next), ExpiresUtc = time.GetUtcNow() + Patience },
                    [Scheme]))
        .WithMetadata(new LimitedAttribute(Limit.SignIn))
        .AllowAnonymous();

    private static void Configure(OAuthOptions oauth, IOptions<GitHubOptions> gitHub, IOptions<CodeHostOptions> limits)
    {
        var web = gitHub.Value.WebAddress.TrimEnd('/');
        oauth.ClientId = gitHub.Value.ClientId;
        oauth.ClientSecret = gitHub.Value.ClientSecret;
        oauth.AuthorizationEndpoint = $"{web}/login/oauth/authorize";
        oauth.TokenEndpoint = $"{web}/login/oauth/access_token";
        oauth.UserInformationEndpoint = new Uri(GitHubClients.BaseOf(gitHub.Value), "user").AbsoluteUri;
        oauth.CallbackPath = CallbackPath;
        oauth.UsePkce = true;
        oauth.SaveTokens = false;
        oauth.Scope.Clear();
        oauth.Scope.Add("user:email");
        oauth.BackchannelTimeout = limits.Value.Deadline;
        oauth.BackchannelHttpHandler = new UnavailableHandler { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } };
        oauth.RemoteAuthenticationTimeout = Patience;

        // Lax, because the way back from GitHub is a link from another site.
        oauth.CorrelationCookie = new SiteCookie
        {
            Name = "jobserver.github.",
            Path = SignInLinks.GitHub,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Expiration = Patience,
        };
        oauth.Events.OnCreatingTicket = AskWhoItIsAsync;
        oauth.Events.OnTicketReceived = SignInAsync;
        oauth.Events.OnRemoteFailure = ExplainAsync;
    }

    private static async Task AskWhoItIsAsync(OAuthCreatingTicketContext ticket)
    {
        var services = ticket.HttpContext.RequestServices;

        // The browser forgets the cookie in time; this one does not believe browsers.
        if (ticket.Properties.ExpiresUtc is not { } until || until <= services.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            throw new SignInException(SignInProblem.Lapsed);
        }

        ticket.Properties.ExpiresUtc = null;
        ticket.HttpContext.Features.Set(
            await services.GetRequiredService<GitHubProfiles>().ReadAsync(ticket.AccessToken!, ticket.HttpContext.RequestAborted));
    }

    private static async Task SignInAsync(TicketReceivedContext ticket)
    {
        var http = ticket.HttpContext;
        var next = LocalAddress.OrHome(ticket.ReturnUri);
        var arrival = await http.RequestServices.GetRequiredService<GitHubAccounts>()
            .ArriveAsync(http.Features.Get<GitHubProfile>()!, http.RequestAborted);
        ticket.HandleResponse();
        if (arrival.IsRefused)
        {
            http.Response.Redirect(AddressOf(SignInProblem.Deactivated, next));
            return;
        }

        await SignInCookie.SignInAsync(http, arrival.UserId);
        http.Response.Redirect(arrival.NeedsName ? SignInLinks.Welcome(next) : next);
    }

    private static Task ExplainAsync(RemoteFailureContext failure)
    {
        var problem = ProblemOf(failure.Failure);
        var logger = failure.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GitHubSignIn));
        SignInLog.Failed(logger, problem, failure.Failure?.GetType().Name ?? "no failure");

        // After an exception the handler no longer says where the person was going; the state does.
        var properties = failure.Properties ?? ((OAuthOptions)failure.Options).StateDataFormat.Unprotect(failure.Request.Query["state"]);
        failure.Response.Redirect(AddressOf(problem, LocalAddress.OrHome(properties?.RedirectUri)));
        failure.HandleResponse();
        return Task.CompletedTask;
    }

    private static SignInProblem ProblemOf(Exception? failure) => failure switch
    {
        SignInException known => known.Problem,
        JsonException => SignInProblem.Unreadable,
        HttpRequestException or IOException or OperationCanceledException => SignInProblem.Unavailable,
        { } refused when refused.Data["error"] is string error => error switch
        {
            "access_denied" => SignInProblem.Denied,
            "bad_verification_code" => SignInProblem.Revoked,
            "incorrect_client_credentials" or "redirect_uri_mismatch" or "application_suspended" => SignInProblem.Misconfigured,
            _ => SignInProblem.Unreadable,
        },

        // The handler's own words for these may change, so they are told by what was sent.
        AuthenticationFailureException { Message: var message } when message.StartsWith("OAuth token endpoint failure", StringComparison.Ordinal) =>
            SignInProblem.Unavailable,
        AuthenticationFailureException { Message: var message } when message.Contains("access token", StringComparison.OrdinalIgnoreCase) =>
            SignInProblem.Unreadable,
        _ => SignInProblem.Lapsed,
    };

    private static string AddressOf(SignInProblem problem, string next) =>
        $"{SignInLinks.Page(next)}&problem={problem.ToString().ToLowerInvariant()}";

    private static bool IsSafe(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);
}
