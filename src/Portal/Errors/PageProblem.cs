namespace JobServer.Portal.Errors;

/// <summary>What an error page says beyond its status code: what happened, and what to do now.</summary>
internal sealed record PageProblem(string Title, string Detail)
{
    /// <summary>Why a form was refused whose hidden token is missing or old.</summary>
    public static readonly PageProblem StaleForm = new(
        "This form is out of date",
        "Nothing was saved. The page was open for long, you signed in or out in another tab, or cookies are " +
        "blocked. Go back, reload the page and send the form again.");
}
