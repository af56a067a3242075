using JobServer.Domain.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Site;

internal sealed class SiteAlertMapping : IEntityTypeConfiguration<SiteAlert>
{
    public void Configure(EntityTypeBuilder<SiteAlert> builder)
    {
        builder.Property(alert => alert.Title).HasMaxLength(SiteAlert.TitleMaxLength);
        builder.Property(alert => alert.Text).HasMaxLength(SiteAlert.TextMaxLength);
    }
}
