from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "fenjin.delivery"
    label = "delivery"
