namespace JobServer.Portal.Ui.Forms;

internal static class FormServices
{
    public static IServiceCollection AddForms(this IServiceCollection services) => services.AddSingleton<KeptForms>();
}
